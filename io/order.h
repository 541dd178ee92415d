/*
 * The order of rows: persons and posts are kept by id, so that the order in the file is never a reason for
 * anything; what is written back is in the order of the file.
 */
#ifndef PULANG_IO_ORDER_H
#define PULANG_IO_ORDER_H

#include "model/arena.h"
#include "model/table.h"

/* Sorts the rows by the ids (cleaned) in a column; rows with the same id stay in order. 0, or -1: out of
   memory. */
int pulang_order_by_id(pulang_table *table, int column, pulang_arena *arena);
/* The rows in the order of the file: [n], those of the table (of n rows made by hand: as they are). To be
   freed with pulang_free; NULL: out of memory. */
int *pulang_order_of_file(const pulang_table *table, int n);

#endif

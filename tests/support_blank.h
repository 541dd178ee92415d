/*
 * Small instances made by hand, for tests of what works on an instance.
 */
#ifndef PULANG_TESTS_SUPPORT_BLANK_H
#define PULANG_TESTS_SUPPORT_BLANK_H

#include "model/instance.h"

/* An instance of so many places, persons and posts, all neutral: ids v0.., p0.., j0.., no origin, no
   skills, no point, posts of one seat in place 0; tables with the id column only. */
pulang_instance *test_blank_new(int n_places, int n_persons, int n_posts);
/* Replaces a table by text: a header and one line a row, cells separated by commas. */
void test_blank_table(pulang_instance *instance, pulang_table *table, const char *text);
/* Lists in the instance's arena; the numbers come one after the other (skill, level, skill, ...). */
pulang_ints test_ints(pulang_instance *instance, int n, const int *items);
pulang_skill_list test_skills(pulang_instance *instance, int n, const int *skills_and_levels);

#endif

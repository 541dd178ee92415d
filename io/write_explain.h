/*
 * An explanation as text for people, and as JSON.
 */
#ifndef PULANG_IO_WRITE_EXPLAIN_H
#define PULANG_IO_WRITE_EXPLAIN_H

#include "model/explanation.h"
#include "model/words.h"

/* How many posts (persons) of a kind the text goes into, unless all are wanted. */
#define PULANG_EXPLAIN_MOST 5

/* Each returns the whole text, to be freed with pulang_free; NULL: out of memory. */
char *pulang_write_explain_text(const pulang_explanation *explanation, bool all);
char *pulang_write_explain_json(const pulang_explanation *explanation);

/* The parts of the text, appended to words. */
/* "Novi Bajik (198410182011012001)" */
void pulang_explain_person(pulang_words *words, const pulang_instance *instance, int person);
/* "teacher_sd at SDN 1 Tumbang Gagu, Tumbang Gagu (post 10.2017.teacher_sd1)", or "no post" */
void pulang_explain_post(pulang_words *words, const pulang_instance *instance, int post);
/* What the pair would change for everybody, who else would move, and which seats would be filled otherwise:
   lines that begin with indent. */
void pulang_explain_change(pulang_words *words, const pulang_explanation *explanation,
                           const pulang_consequence *item, const char *indent, bool all);

/* What a term of the preference takes note of, in a few words. */
const char *pulang_explain_term(pulang_term term);

#endif

#include "io/level_text.h"

#include "model/error.h"

static const char *term_text(pulang_term term) {
    static const char *const texts[] = {
        [PULANG_TERM_HOMETOWN] = N_("people who will hardly stay, being far from home"),
        [PULANG_TERM_SKILLS] = N_("skills that were wished for and are not there"),
        [PULANG_TERM_MERIT] = N_("merit that is not where it counts most"),
        [PULANG_TERM_WISH] = N_("wishes that are not met"),
        [PULANG_TERM_MOVE] = N_("people who have to move"),
        [PULANG_TERM_PAY] = N_("pay"),
        [PULANG_TERM_PAIRS] = N_("costs given for a person in a post"),
    };
    return _(texts[term]);
}

const char *pulang_level_text(const pulang_level *level) {
    switch (level->kind) {
    case PULANG_LEVEL_REQUIRED:
        return _("required minimums that are missed");
    case PULANG_LEVEL_UNPLACED:
        return _("people without a post");
    case PULANG_LEVEL_BALANCE:
        return _("what the group that is worst off lacks, in thousandths of its target");
    case PULANG_LEVEL_SHORTAGE:
        return _("empty seats; many at one post count for more, so that none is left far behind");
    case PULANG_LEVEL_PREFERENCE:
        return _("how far people are from the posts that suit them: home, skills, wishes and the rest");
    case PULANG_LEVEL_TERM:
        return term_text(level->term);
    case PULANG_LEVEL_QUOTAS:
        break;
    }
    return _("rules of this name that are missed");
}

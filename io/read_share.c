/*
 * A share `part / whole` is kept exact: 30% is 30 / 100, 12.5% is 125 / 1000. Counted times whole, against
 * those of `of` times part, the bound is 0 (model/instance.h).
 */
#include "io/read_share.h"

#include "model/error.h"

#include <math.h>
#include <string.h>

#define PERCENT 100

static bool in_percent(const pulang_field *field) {
    size_t length = strlen(field->text);
    return length > 0 && field->text[length - 1] == '%';
}

bool pulang_share_meant(const pulang_bound_fields *fields) {
    return fields->of.text[0] != '\0' || in_percent(&fields->min) || in_percent(&fields->target) ||
           in_percent(&fields->max);
}

static void fault(pulang_reader *reader, const pulang_field *field, const char *mend, const char *message) {
    pulang_field_report(reader->findings, PULANG_FAULT, field, mend, "%s", message);
}

/* The number before the percent sign, in hundredths. */
static bool read_percent(const pulang_field *field, int64_t *hundredths) {
    char digits[32];
    double value;
    size_t length = strlen(field->text) - 1;
    while (length > 0 && field->text[length - 1] == ' ')
        length--;
    if (length >= sizeof digits)
        return false;
    memcpy(digits, field->text, length);
    digits[length] = '\0';
    if (!pulang_table_number(field->table, digits, &value) || value < 0 || value > 100)
        return false;
    *hundredths = llround(value * PULANG_HUNDREDTHS);
    return fabs(value * PULANG_HUNDREDTHS - (double)*hundredths) < 1e-6;
}

/* Whether the bound is given; sets the share to it. */
static bool read_bound(pulang_reader *reader, const pulang_field *field, pulang_quota *quota) {
    int64_t hundredths;
    if (field->text[0] == '\0')
        return false;
    if (!in_percent(field)) {
        fault(reader, field, _("write the share in percent (30%), or leave the cell `of` blank"),
              _("the bound of a share is not in percent"));
        return false;
    }
    if (!read_percent(field, &hundredths)) {
        fault(reader, field, _("write a share from 0% to 100%, with two decimals at most"),
              _("this is not a share"));
        return false;
    }
    quota->whole = hundredths % 10 ? 10000 : hundredths % 100 ? 1000 : 100;
    quota->part = hundredths * quota->whole / (PERCENT * PULANG_HUNDREDTHS);
    return true;
}

void pulang_read_share(pulang_reader *reader, const pulang_bound_fields *fields, pulang_quota *quota) {
    bool yes = false;
    quota->share = true;
    quota->whole = PERCENT;
    if (fields->min.text[0] && fields->max.text[0])
        fault(reader, &fields->max, _("write two quotas: one with min, one with max"),
              _("a share has one bound"));
    if (fields->target.text[0])
        fault(reader, &fields->target, _("write it as min, with a level as tier: missing it then costs"),
              _("a share has no target"));
    if (pulang_field_yes(reader->findings, &fields->or_none, &yes) && yes)
        fault(reader, &fields->or_none, _("leave the cell blank: where nobody is placed a share holds"),
              _("a share has no or_none"));
    quota->has_min = read_bound(reader, &fields->min, quota);
    quota->has_max = read_bound(reader, &fields->max, quota);
}

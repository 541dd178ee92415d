#include "io/nip.h"

#include <string.h>

#define NIP_DIGITS 18

const char *pulang_id_clean(pulang_arena *arena, const char *id) {
    const char *begin = id;
    size_t length = strlen(id);
    if (length >= 4 && begin[0] == '=' && begin[1] == '"' && begin[length - 1] == '"') {
        begin += 2;
        length -= 3;
    }
    if (length > 1 && begin[0] == '\'') {
        begin++;
        length--;
    }
    char digits[NIP_DIGITS];
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        if (begin[i] == ' ')
            continue;
        if (begin[i] < '0' || begin[i] > '9' || n == NIP_DIGITS) {
            n = 0;
            break;
        }
        digits[n++] = begin[i];
    }
    if (n == NIP_DIGITS && length != NIP_DIGITS)
        return pulang_arena_copy(arena, digits, NIP_DIGITS);
    return begin == id ? id : pulang_arena_copy(arena, begin, length);
}

bool pulang_id_mangled(const char *id) {
    size_t at = strspn(id, "0123456789");
    if (at != 1)
        return false;
    if (id[at] == '.' || id[at] == ',')
        at += 1 + strspn(id + at + 1, "0123456789");
    if ((id[at] != 'E' && id[at] != 'e') || id[at + 1] != '+')
        return false;
    size_t exponent = strspn(id + at + 2, "0123456789");
    return exponent > 0 && id[at + 2 + exponent] == '\0';
}

bool pulang_nip_is(const char *id) {
    return strlen(id) == NIP_DIGITS && strspn(id, "0123456789") == NIP_DIGITS;
}

static int part(const char *digits, int from, int n) {
    int value = 0;
    for (int i = from; i < from + n; i++)
        value = 10 * value + (digits[i] - '0');
    return value;
}

static bool is_date(int year, int month, int day) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 1900 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= days[month - 1] + (month == 2 && leap);
}

pulang_nip_fault pulang_nip_check(const char *nip) {
    if (!pulang_nip_is(nip))
        return PULANG_NIP_LENGTH;
    if (part(nip, 15, 3) == 0)
        return PULANG_NIP_MANGLED;
    int birth_year = part(nip, 0, 4), birth_month = part(nip, 4, 2);
    if (!is_date(birth_year, birth_month, part(nip, 6, 2)))
        return PULANG_NIP_BIRTH;
    int year = part(nip, 8, 4), month = part(nip, 12, 2);
    bool of_contract = month > 20;
    if (month < 1 || (month > 12 && !of_contract) || year > 2199 || year < birth_year)
        return PULANG_NIP_START;
    if (year == birth_year && (of_contract || month <= birth_month))
        return PULANG_NIP_START;
    return nip[14] == '1' || nip[14] == '2' ? PULANG_NIP_GOOD : PULANG_NIP_SEX;
}

#include "io/aliases.h"

#include "model/error.h"

#include <string.h>

/* An alias may stand for two columns (desa: the place, or its name when the code is there too): the
   column named first takes it. docs/files.md shows the same lists; a test compares them. */
static const pulang_known persons[] = {
    {"person", "nip nik id_pegawai nomor_induk kode_pegawai id pegawai", PULANG_TEXT, true, "id_pegawai",
     N_("id of the person, used once: NIP, NIK or any other (format the column as text)")},
    {"name", "nama nama_pegawai nama_lengkap", PULANG_TEXT, false, "nama", N_("name, for people to read")},
    {"origin", "kode_desa_asal kode_asal desa_asal asal tempat_asal kampung_halaman", PULANG_TEXT, false,
     "kode_desa_asal", N_("code of the place they come from; blank: not known")},
    {"category", "kategori jenis_pegawai jenis_tenaga", PULANG_TEXT, false, "kategori",
     N_("any grouping, for filters and reports")},
    {"contract", "kontrak status_kepegawaian status_pegawai", PULANG_TEXT, false, "status_kepegawaian",
     N_("kind of employment, e.g. pns or pppk; posts may ask for some")},
    {"skills", "keahlian kompetensi keterampilan", PULANG_TEXT, false, "keahlian",
     N_("skills with their level from 1, parted by |: nurse:3|driver")},
    {"merit", "nilai nilai_merit nilai_kinerja skp", PULANG_NUMBER, false, "nilai",
     N_("merit, 0 to 100; blank: not given")},
    {"hours", "jam jam_kerja jam_per_minggu", PULANG_NUMBER, false, "jam_kerja", N_("hours of work a week")},
    {"pay", "gaji upah penghasilan", PULANG_NUMBER, false, "gaji", N_("pay a month, digits only: 4000000")},
    {"current", "jabatan_sekarang formasi_sekarang posisi_sekarang posisi", PULANG_TEXT, false,
     "formasi_sekarang", N_("code of the post they hold now; blank: none")},
    {"pin", "dikunci penugasan_tetap", PULANG_TEXT, false, "penugasan_tetap",
     N_("code of the post that they must hold; beats every other rule")},
    {"forbid", "larangan dilarang", PULANG_TEXT, false, "larangan",
     N_("codes of posts and places that they may not hold, parted by |")},
    {"wish", "minat pilihan keinginan", PULANG_TEXT, false, "minat",
     N_("codes of the posts and places that they would like, the best first, parted by |")},
    {"group", "kelompok pasangan", PULANG_TEXT, false, "pasangan",
     N_("people with the same word here are placed together (couples)")},
    {"tenure", "masa_jabatan lama_menjabat masa_tugas", PULANG_NUMBER, false, "masa_jabatan",
     N_("years in the post they hold now")},
};
static const pulang_known places[] = {
    {"place", "kode_desa kode_lokasi kode code lokasi tempat desa", PULANG_TEXT, true, "kode_desa",
     N_("code of the place, used once, e.g. 62.02.10.2017 (format the column as text)")},
    {"name", "nama nama_desa nama_lokasi desa", PULANG_TEXT, false, "nama", N_("name, for people to read")},
    {"district", "kecamatan", PULANG_TEXT, false, "kecamatan", N_("the district it lies in")},
    {"region", "kabupaten kabupaten_kota kota", PULANG_TEXT, false, "kabupaten", N_("regency or city")},
    {"lat", "lintang latitude", PULANG_NUMBER, false, "lintang",
     N_("latitude in degrees, south negative: -1.257")},
    {"lon", "bujur longitude lng long", PULANG_NUMBER, false, "bujur",
     N_("longitude in degrees, east positive: 112.407")},
    {"remoteness", "keterpencilan", PULANG_NUMBER, false, "keterpencilan",
     N_("0 (city) to 1 (the remotest place)")},
};
static const pulang_known posts[] = {
    {"post", "formasi kode_formasi id_formasi kode_jabatan", PULANG_TEXT, true, "kode_formasi",
     N_("code of the post, used once; a post is a number of like seats in one place")},
    {"place", "kode_desa kode_lokasi lokasi tempat desa", PULANG_TEXT, true, "kode_desa",
     N_("code of the place where it is")},
    {"unit", "unit_kerja opd skpd instansi", PULANG_TEXT, false, "unit_kerja",
     N_("office that it belongs to")},
    {"role", "jabatan nama_jabatan", PULANG_TEXT, false, "jabatan", N_("what its holders do")},
    {"min", "minimal minimum", PULANG_NUMBER, false, "minimal", N_("people needed at least; blank: 0")},
    {"target", "kuota kebutuhan jumlah", PULANG_NUMBER, false, "kebutuhan",
     N_("people wanted; blank: by the workload, else the same as the most")},
    {"max", "maksimal maksimum", PULANG_NUMBER, false, "maksimal",
     N_("seats, people at most; blank: as many as are wanted")},
    {"open_min", "minimal_buka minimum_buka", PULANG_NUMBER, false, "minimal_buka",
     N_("the post stays empty or has at least so many people")},
    {"requires", "syarat persyaratan kompetensi_wajib", PULANG_TEXT, false, "syarat",
     N_("skills that all holders must have, parted by |: nurse:2|driver")},
    {"prefers", "diutamakan kompetensi_diutamakan", PULANG_TEXT, false, "diutamakan",
     N_("skills wished for, parted by |")},
    {"contract", "kontrak status_kepegawaian", PULANG_TEXT, false, "status_kepegawaian",
     N_("kinds of employment allowed, parted by |; blank: any")},
    {"min_merit", "nilai_minimal merit_minimal", PULANG_NUMBER, false, "nilai_minimal",
     N_("least merit, 0 to 100; blank: none")},
    {"priority", "prioritas", PULANG_NUMBER, false, "prioritas",
     N_("how much an empty seat here counts beside others; blank: 1")},
    {"hours", "jam jam_kerja", PULANG_NUMBER, false, "jam_kerja",
     N_("hours of work a week that the post brings")},
    {"pay", "gaji upah biaya", PULANG_NUMBER, false, "gaji",
     N_("pay a month of each holder; blank: the person's own")},
};
static const pulang_known quotas[] = {
    {"quota", "kuota nama_kuota aturan nama", PULANG_TEXT, true, "nama_kuota",
     N_("name of the rule, used once")},
    {"basis", "dasar_hukum dasar", PULANG_TEXT, false, "dasar_hukum",
     N_("legal basis, printed with the rule")},
    {"each", "tiap setiap per", PULANG_TEXT, false, "tiap",
     N_("column for each of whose values the rule holds (place, district, unit, role); blank: one total for "
        "all")},
    {"persons", "pegawai orang", PULANG_TEXT, false, "pegawai",
     N_("who counts, e.g. contract=pns; blank: everybody")},
    {"of", "dari pembanding", PULANG_TEXT, false, "dari",
     N_("of whom a share is taken, where the least or the most is in percent; blank: of everybody")},
    {"posts", "formasi jabatan", PULANG_TEXT, false, "formasi",
     N_("which posts, e.g. role=nurse; blank: all")},
    {"measure", "ukuran satuan", PULANG_TEXT, false, "ukuran",
     N_("what is added up: heads (or blank), moves, hours, pay, or a column of numbers of the persons")},
    {"min", "minimal minimum", PULANG_NUMBER, false, "minimal",
     N_("least total, or a share like 30%; blank: none")},
    {"target", "sasaran", PULANG_NUMBER, false, "sasaran",
     N_("total wanted, missing it counts against the plan; blank: none")},
    {"max", "maksimal maksimum", PULANG_NUMBER, false, "maksimal",
     N_("largest total, or a share like 30%; blank: none")},
    {"or_none", "atau_kosong boleh_kosong", PULANG_TEXT, false, "boleh_kosong",
     N_("yes: either nobody at all, or at least the least total")},
    {"weight", "bobot", PULANG_NUMBER, false, "bobot",
     N_("how much missing the wanted total counts; blank: 1")},
    {"tier", "tingkat", PULANG_TEXT, false, "tingkat",
     N_("blank: the rule must hold; otherwise the aim at which missing it counts, e.g. required")},
    {"on", "aktif berlaku", PULANG_TEXT, false, "berlaku",
     N_("yes (or blank) or no: whether the rule is in force")},
};
static const pulang_known travel[] = {
    {"from", "dari asal", PULANG_TEXT, true, "dari", N_("code of a place")},
    {"to", "ke tujuan", PULANG_TEXT, true, "ke",
     N_("code of another place, reached from it by road or river")},
    {"km", "jarak_km jarak", PULANG_NUMBER, false, "jarak_km",
     N_("length of the way; blank: from the hours")},
    {"hours", "jam_tempuh waktu_tempuh jam", PULANG_NUMBER, false, "jam_tempuh",
     N_("hours on the way; blank: from the length")},
};
static const pulang_known pairs[] = {
    {"person", "nip nik id_pegawai nomor_induk kode_pegawai pegawai", PULANG_TEXT, true, "id_pegawai",
     N_("id of a person")},
    {"post", "formasi kode_formasi id_formasi kode_jabatan", PULANG_TEXT, true, "kode_formasi",
     N_("code of a post")},
    {"cost", "biaya nilai", PULANG_NUMBER, false, "biaya",
     N_("how much this counts against the plan; negative: in favour of it")},
};
static const pulang_known workload[] = {
    {"post", "formasi kode_formasi id_formasi kode_jabatan", PULANG_TEXT, true, "kode_formasi",
     N_("code of a post")},
    {"task", "tugas uraian_tugas", PULANG_TEXT, false, "uraian_tugas", N_("the task, for people to read")},
    {"volume", "volume_kerja beban beban_kerja", PULANG_NUMBER, true, "volume_kerja", N_("how often a year")},
    {"norm_hours", "norma_jam norma_waktu jam_norma", PULANG_NUMBER, true, "norma_jam",
     N_("hours each time")},
};

#define COLUMNS(array) array, (int)(sizeof(array) / sizeof *(array))
static const struct {
    const char *name, *file;
    const char *aliases; /* of the name, parted by blanks; the first is the Indonesian one */
    const char *what;
    bool required;
    const pulang_known *columns;
    int n;
} sheets[PULANG_N_SHEETS] = {
    [PULANG_SHEET_PERSONS] = {"persons", "persons.csv", "pegawai",
                              N_("who is to be placed: one row for each person"), true, COLUMNS(persons)},
    [PULANG_SHEET_PLACES] = {"places", "places.csv", "lokasi tempat desa",
                             N_("where people come from and posts are: one row for each village or town"),
                             true, COLUMNS(places)},
    [PULANG_SHEET_POSTS] =
        {"posts", "posts.csv", "formasi jabatan",
         N_("what is to be filled: one row for each post, which is a number of like seats in one place"),
         true, COLUMNS(posts)},
    [PULANG_SHEET_QUOTAS] = {"quotas", "quotas.csv", "aturan kuota",
                             N_("rules over many posts; may stay empty"), false, COLUMNS(quotas)},
    [PULANG_SHEET_TRAVEL] = {"travel", "travel.csv", "perjalanan jarak",
                             N_("direct ways by road or river, used both ways; may stay empty: distances are "
                                "then taken from the map"),
                             false, COLUMNS(travel)},
    [PULANG_SHEET_PAIRS] = {"pairs", "pairs.csv", "pasangan",
                            N_("what one person in one post counts beyond all else; may stay empty"), false,
                            COLUMNS(pairs)},
    [PULANG_SHEET_WORKLOAD] = {"workload", "workload.csv", "beban_kerja abk",
                               N_("tasks from which the number of people wanted is worked out, where the "
                                  "post does not state it; may stay empty"),
                               false, COLUMNS(workload)},
};

const char *pulang_sheet_name(pulang_sheet sheet) {
    return sheets[sheet].name;
}

const char *pulang_sheet_file(pulang_sheet sheet) {
    return sheets[sheet].file;
}

const char *pulang_sheet_alias(pulang_sheet sheet, size_t *length) {
    *length = strcspn(sheets[sheet].aliases, " ");
    return sheets[sheet].aliases;
}

const char *pulang_sheet_what(pulang_sheet sheet) {
    return _(sheets[sheet].what);
}

bool pulang_sheet_required(pulang_sheet sheet) {
    return sheets[sheet].required;
}

const pulang_known *pulang_sheet_columns(pulang_sheet sheet, int *n) {
    *n = sheets[sheet].n;
    return sheets[sheet].columns;
}

/* Whether name is one of the words, which are parted by blanks. */
static bool is_word(const char *words, const char *name) {
    size_t length = strlen(name);
    for (const char *word = words; *word;) {
        size_t own = strcspn(word, " ");
        if (own == length && memcmp(word, name, length) == 0)
            return true;
        word += own + (word[own] == ' ');
    }
    return false;
}

bool pulang_known_has_alias(const pulang_known *known, const char *name) {
    return is_word(known->aliases, name);
}

pulang_sheet pulang_sheet_find(const char *name) {
    int s = 0;
    while (s < PULANG_N_SHEETS && strcmp(sheets[s].name, name) != 0 && !is_word(sheets[s].aliases, name))
        s++;
    return (pulang_sheet)s;
}

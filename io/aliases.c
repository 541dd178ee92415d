#include "io/aliases.h"

#include <string.h>

/* An alias may stand for two columns (desa: the place, or its name when the code is there too): the
   column named first takes it. docs/files.md shows the same lists; a test compares them. */
static const pulang_known persons[] = {
    {"person", "nip nik id_pegawai nomor_induk kode_pegawai id pegawai", PULANG_TEXT, true},
    {"name", "nama nama_pegawai nama_lengkap", PULANG_TEXT, false},
    {"origin", "kode_desa_asal kode_asal desa_asal asal tempat_asal kampung_halaman", PULANG_TEXT, false},
    {"category", "kategori jenis_pegawai jenis_tenaga", PULANG_TEXT, false},
    {"contract", "kontrak status_kepegawaian status_pegawai", PULANG_TEXT, false},
    {"skills", "keahlian kompetensi keterampilan", PULANG_TEXT, false},
    {"merit", "nilai nilai_merit nilai_kinerja skp", PULANG_NUMBER, false},
    {"hours", "jam jam_kerja jam_per_minggu", PULANG_NUMBER, false},
    {"pay", "gaji upah penghasilan", PULANG_NUMBER, false},
    {"current", "jabatan_sekarang formasi_sekarang posisi_sekarang posisi", PULANG_TEXT, false},
    {"pin", "dikunci penugasan_tetap", PULANG_TEXT, false},
    {"forbid", "larangan dilarang", PULANG_TEXT, false},
    {"wish", "minat pilihan keinginan", PULANG_TEXT, false},
    {"group", "kelompok pasangan", PULANG_TEXT, false},
    {"tenure", "masa_jabatan lama_menjabat masa_tugas", PULANG_NUMBER, false},
};
static const pulang_known places[] = {
    {"place", "kode_desa kode_lokasi kode code lokasi tempat desa", PULANG_TEXT, true},
    {"name", "nama nama_desa nama_lokasi desa", PULANG_TEXT, false},
    {"district", "kecamatan", PULANG_TEXT, false},
    {"region", "kabupaten kabupaten_kota kota", PULANG_TEXT, false},
    {"lat", "lintang latitude", PULANG_NUMBER, false},
    {"lon", "bujur longitude lng long", PULANG_NUMBER, false},
    {"remoteness", "keterpencilan", PULANG_NUMBER, false},
};
static const pulang_known posts[] = {
    {"post", "formasi kode_formasi id_formasi kode_jabatan", PULANG_TEXT, true},
    {"place", "kode_desa kode_lokasi lokasi tempat desa", PULANG_TEXT, true},
    {"unit", "unit_kerja opd skpd instansi", PULANG_TEXT, false},
    {"role", "jabatan nama_jabatan", PULANG_TEXT, false},
    {"min", "minimal minimum", PULANG_NUMBER, false},
    {"target", "kuota kebutuhan jumlah", PULANG_NUMBER, false},
    {"max", "maksimal maksimum", PULANG_NUMBER, false},
    {"open_min", "minimal_buka minimum_buka", PULANG_NUMBER, false},
    {"requires", "syarat persyaratan kompetensi_wajib", PULANG_TEXT, false},
    {"prefers", "diutamakan kompetensi_diutamakan", PULANG_TEXT, false},
    {"contract", "kontrak status_kepegawaian", PULANG_TEXT, false},
    {"min_merit", "nilai_minimal merit_minimal", PULANG_NUMBER, false},
    {"priority", "prioritas", PULANG_NUMBER, false},
    {"hours", "jam jam_kerja", PULANG_NUMBER, false},
    {"pay", "gaji upah biaya", PULANG_NUMBER, false},
};
static const pulang_known quotas[] = {
    {"quota", "kuota nama_kuota aturan nama", PULANG_TEXT, true},
    {"basis", "dasar_hukum dasar", PULANG_TEXT, false},
    {"each", "tiap setiap per", PULANG_TEXT, false},
    {"persons", "pegawai orang", PULANG_TEXT, false},
    {"of", "dari pembanding", PULANG_TEXT, false},
    {"posts", "formasi jabatan", PULANG_TEXT, false},
    {"measure", "ukuran satuan", PULANG_TEXT, false},
    {"min", "minimal minimum", PULANG_NUMBER, false},
    {"target", "sasaran", PULANG_NUMBER, false},
    {"max", "maksimal maksimum", PULANG_NUMBER, false},
    {"or_none", "atau_kosong boleh_kosong", PULANG_TEXT, false},
    {"weight", "bobot", PULANG_NUMBER, false},
    {"tier", "tingkat", PULANG_TEXT, false},
    {"on", "aktif berlaku", PULANG_TEXT, false},
};
static const pulang_known travel[] = {
    {"from", "dari asal", PULANG_TEXT, true},
    {"to", "ke tujuan", PULANG_TEXT, true},
    {"km", "jarak_km jarak", PULANG_NUMBER, false},
    {"hours", "jam_tempuh waktu_tempuh jam", PULANG_NUMBER, false},
};
static const pulang_known pairs[] = {
    {"person", "nip nik id_pegawai nomor_induk kode_pegawai pegawai", PULANG_TEXT, true},
    {"post", "formasi kode_formasi id_formasi kode_jabatan", PULANG_TEXT, true},
    {"cost", "biaya nilai", PULANG_NUMBER, false},
};
static const pulang_known workload[] = {
    {"post", "formasi kode_formasi id_formasi kode_jabatan", PULANG_TEXT, true},
    {"task", "tugas uraian_tugas", PULANG_TEXT, false},
    {"volume", "volume_kerja beban beban_kerja", PULANG_NUMBER, true},
    {"norm_hours", "norma_jam norma_waktu jam_norma", PULANG_NUMBER, true},
};

#define COLUMNS(array) array, (int)(sizeof(array) / sizeof *(array))
static const struct {
    const char *name, *file;
    const char *aliases; /* of the name, parted by blanks */
    bool required;
    const pulang_known *columns;
    int n;
} sheets[PULANG_N_SHEETS] = {
    [PULANG_SHEET_PERSONS] = {"persons", "persons.csv", "pegawai", true, COLUMNS(persons)},
    [PULANG_SHEET_PLACES] = {"places", "places.csv", "lokasi tempat desa", true, COLUMNS(places)},
    [PULANG_SHEET_POSTS] = {"posts", "posts.csv", "formasi jabatan", true, COLUMNS(posts)},
    [PULANG_SHEET_QUOTAS] = {"quotas", "quotas.csv", "aturan kuota", false, COLUMNS(quotas)},
    [PULANG_SHEET_TRAVEL] = {"travel", "travel.csv", "perjalanan jarak", false, COLUMNS(travel)},
    [PULANG_SHEET_PAIRS] = {"pairs", "pairs.csv", "pasangan", false, COLUMNS(pairs)},
    [PULANG_SHEET_WORKLOAD] = {"workload", "workload.csv", "beban_kerja abk", false, COLUMNS(workload)},
};

const char *pulang_sheet_name(pulang_sheet sheet) {
    return sheets[sheet].name;
}

const char *pulang_sheet_file(pulang_sheet sheet) {
    return sheets[sheet].file;
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

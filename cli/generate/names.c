#include "cli/generate/names.h"

#define POOL 32

typedef struct pool {
    const char *men[POOL], *women[POOL], *second[POOL];
} pool;

static const pool pools[] = {
    [REGION_KALIMANTAN] =
        {{"Ahmad",  "Andi",   "Anton",    "Ardi",   "Arman",  "Bambang", "Dedi",   "Edwin",
          "Fahmi",  "Fahrul", "Hamdan",   "Hendra", "Heri",   "Irwan",   "Jefri",  "Junaidi",
          "Kurnia", "Lukas",  "Muhammad", "Norman", "Pardi",  "Rahmat",  "Riduan", "Rudi",
          "Salman", "Supian", "Syahrul",  "Tomi",   "Untung", "Wahyu",   "Yanto",  "Yusuf"},
         {"Aida",    "Ani",     "Aulia",   "Betty", "Dewi",  "Dina",      "Elisabet", "Erna",
          "Fatimah", "Fitri",   "Hasanah", "Helda", "Ida",   "Indah",     "Juliana",  "Kristina",
          "Lidia",   "Maria",   "Marlina", "Mega",  "Nadia", "Norhayati", "Novi",     "Rahmah",
          "Ratna",   "Rusmini", "Siti",    "Sri",   "Susi",  "Tiara",     "Wati",     "Yuliana"},
         {"Bahtiar", "Bajik",   "Damang",  "Efendi",  "Firdaus", "Gunawan", "Halim",  "Ideham",
          "Jaya",    "Kasim",   "Lambung", "Mahmud",  "Mandala", "Nahan",   "Noor",   "Olang",
          "Penyang", "Rangkap", "Rampai",  "Sahrani", "Saputra", "Sandan",  "Simpei", "Sulaiman",
          "Suryana", "Tarung",  "Tingang", "Umar",    "Usop",    "Wardana", "Yusran", "Zainuddin"}},
    [REGION_TIMOR] = {{"Agustinus",  "Albertus",   "Aloysius", "Andreas",   "Antonius",  "Arnoldus",
                       "Benediktus", "Bernardus",  "Blasius",  "Daniel",    "Dominikus", "Eduardus",
                       "Emanuel",    "Fransiskus", "Gabriel",  "Gregorius", "Hendrikus", "Ignasius",
                       "Joao",       "Johanes",    "Kornelis", "Ludovikus", "Markus",    "Mikhael",
                       "Nikolaus",   "Paulus",     "Petrus",   "Rafael",    "Silvester", "Stefanus",
                       "Vinsensius", "Yosef"},
                      {"Agnes",    "Anastasia", "Angela",   "Bernadeta", "Brigita",   "Dominika", "Elisabeth",
                       "Emilia",   "Fransiska", "Genoveva", "Helena",    "Imelda",    "Isabel",   "Juliana",
                       "Katarina", "Kristina",  "Lusia",    "Magdalena", "Margareta", "Maria",    "Marselina",
                       "Martina",  "Monika",    "Natalia",  "Paulina",   "Regina",    "Rosalia",  "Sesilia",
                       "Susana",   "Teresia",   "Veronika", "Yuliana"},
                      {"Asa",      "Atok",    "Bau",   "Bele",   "Bere", "Berek", "Bria", "Da Costa",
                       "Da Silva", "Dasi",    "Fahik", "Halek",  "Hale", "Kali",  "Klau", "Koli",
                       "Lau",      "Leki",    "Leto",  "Loe",    "Luan", "Manek", "Mau",  "Moruk",
                       "Nahak",    "Pereira", "Seran", "Soares", "Tae",  "Taek",  "Tes",  "Tallo"}},
    [REGION_JAVA] = {{"Adi",    "Agus",   "Anang",  "Arif",   "Bagus", "Bayu",    "Budi",  "Catur",
                      "Danang", "Didik",  "Dwi",    "Eko",    "Fajar", "Galih",   "Hadi",  "Hari",
                      "Indra",  "Joko",   "Kukuh",  "Luhur",  "Muji",  "Nugroho", "Panji", "Prasetyo",
                      "Rizki",  "Rohmad", "Slamet", "Sugeng", "Teguh", "Tri",     "Wahyu", "Yoga"},
                     {"Anis",  "Asih",    "Astuti",   "Ayu",   "Dian",    "Dyah",    "Eni",   "Endang",
                      "Fitri", "Hesti",   "Ika",      "Indah", "Kartini", "Lestari", "Lilis", "Murni",
                      "Nanik", "Ningsih", "Nur",      "Puji",  "Ratih",   "Retno",   "Rini",  "Sari",
                      "Siti",  "Sri",     "Sulastri", "Titik", "Umi",     "Wahyuni", "Yuli",  "Yuni"},
                     {"Aji",      "Anggoro", "Basuki",    "Cahyono", "Darmawan", "Handoko",  "Hartono",
                      "Haryanto", "Hidayat", "Kurniawan", "Kuncoro", "Mulyono",  "Nugraha",  "Pamungkas",
                      "Pranoto",  "Purnomo", "Raharjo",   "Riyanto", "Santoso",  "Saputro",  "Setiawan",
                      "Subagyo",  "Sudarmo", "Suhardi",   "Sukirno", "Susanto",  "Sutrisno", "Utomo",
                      "Wibowo",   "Widodo",  "Winarno",   "Yulianto"}},
};

const char *names_draw(problem_draft *draft, name_region region, bool woman) {
    const pool *names = &pools[region];
    const char *first = (woman ? names->women : names->men)[draw_range(&draft->random, 0, POOL - 1)];
    const char *second = names->second[draw_range(&draft->random, 0, POOL - 1)];
    return draft_text(draft, "%s %s", first, second);
}

#include "tests/support_folder.h"

#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const test_file test_sound_files[TEST_FOLDER_FILES] = {
    {"persons.csv",
     "person,name,origin,category,contract,skills,merit,hours,pay,current,pin,forbid,wish,group,tenure\n"
     "ani,Ani,gagu,tech,pns,nurse:3|driver,80,37.5,4000000,clinic-s,,,clinic-g|sampit,pair,4.5\n"
     "budi,Budi,gagu,tech,pppk,driver,71.25,20,3500000,office-s,,office-s|baamang,gagu,pair,1\n"
     "citra,Citra,,staff,pns,nurse:2,60,37.5,4100000,clinic-s,clinic-s,,,,\n"
     "dewi,Dewi,sampit,staff,pppk,admin,,20,3000000,,,,,,\n"},
    {"places.csv", "place,name,district,region,lat,lon,remoteness\n"
                   "gagu,Tumbang Gagu,Antang Kalang,Kotim,-1.2568,112.4065,0.9\n"
                   "sampit,Sampit,Mentawa Baru,Kotim,-2.5333,112.95,0\n"
                   "baamang,Baamang,Baamang,Kotim,-2.51,112.96,0.05\n"},
    {"posts.csv",
     "post,place,unit,role,min,target,max,requires,prefers,contract,min_merit,priority,hours,pay\n"
     "clinic-g,gagu,health,nurse,0,1,2,nurse:2,driver,pns|pppk,50,2,37.5,\n"
     "clinic-s,sampit,health,nurse,1,2,3,nurse,,,,,75,\n"
     "office-s,sampit,secretariat,admin,,,,,,,,,,3200000\n"
     "office-g,gagu,village,admin,,,4,,admin:2,,,,,\n"},
    {"quotas.csv", "quota,basis,each,persons,posts,measure,min,target,max,weight,tier,on\n"
                   "a head in each district,Perbup 1/2026,district,,,heads,,1,3,,,\n"
                   "nurses,,,skills=nurse,role=nurse,heads,1,,,,required,yes\n"
                   "budget,,,,,pay,,,20000000,,,ya\n"
                   "clinic hours,,unit,,unit=health,hours,,work,,2.5,,no\n"},
    {"travel.csv", "from,to,km,hours\ngagu,sampit,190,\nsampit,baamang,3,0.2\n"},
    {"pairs.csv", "person,post,cost\nbudi,office-g,1.5\nani,clinic-g,\nani,clinic-s,-0.25\n"},
    {"workload.csv", "post,task,volume,norm_hours\n"
                     "office-s,letters,1500,1\noffice-s,archives,500,0.5\noffice-g,letters,100,1\n"},
    {"scenario.yaml",
     "title: A small test\nlimits:\n  moves: 3\nquotas:\n  - quota: budget\n    max: 21000000.5\n"},
};

void test_sound_folder(char *path, const char *name, const char *text) {
    test_folder_make(path);
    bool known = false;
    for (int i = 0; i < TEST_FOLDER_FILES; i++) {
        bool other = name && strcmp(name, test_sound_files[i].name) == 0;
        known |= other;
        const char *content = other ? text : test_sound_files[i].text;
        if (content)
            test_file_write(path, test_sound_files[i].name, content);
    }
    if (name && !known)
        test_file_write(path, name, text);
}

const pulang_finding *test_find_finding(const pulang_findings *findings, const char *file, int line,
                                        const char *part) {
    for (size_t i = 0; i < pulang_findings_total(findings); i++) {
        const pulang_finding *finding = pulang_findings_at(findings, i);
        if (strcmp(finding->file, file) == 0 && finding->line == line && strstr(finding->message, part))
            return finding;
    }
    return NULL;
}

char *test_list_findings(const pulang_findings *findings) {
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    for (size_t i = 0; i < pulang_findings_total(findings); i++) {
        const pulang_finding *f = pulang_findings_at(findings, i);
        fprintf(stream, "%s:%d:%d: %s [%s] %s (%s) -> %s\n", f->file, f->line, f->column,
                f->severity == PULANG_FAULT ? "fault" : "warning", f->heading, f->message, f->value, f->mend);
    }
    fclose(stream);
    return text;
}

pulang_status test_read_benchmark(const char *folder, const char *name, const void *bytes, size_t length,
                                  pulang_benchmark **benchmark, pulang_error *error) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    fwrite(bytes, 1, length, file);
    fclose(file);
    return pulang_benchmark_read(path, benchmark, error);
}

/*
 * Files are read from the extending one down to the last extended, then taken over in the opposite
 * order, so that each changes only what it states.
 */
#include "io/scenario.h"

#include "io/scenario_keys.h"
#include "io/scenario_set.h"
#include "model/alloc.h"

#include <string.h>
#include <sys/stat.h>

/* A file of the chain; the next one is what it extends. */
typedef struct chain_file {
    const char *path, *shown_name;
    dev_t device; /* device and inode tell whether two paths are one file */
    ino_t inode;
    const pulang_yaml *root; /* NULL: nothing in it, or not understood */
} chain_file;

typedef struct chain {
    pulang_scenario_draft draft;
    chain_file *links;
    size_t n, capacity;
} chain;

/* name as seen from the folder of path. */
static const char *beside(pulang_arena *arena, const char *path, const char *name) {
    const char *slash = strrchr(path, '/');
    if (name[0] == '/' || !slash)
        return pulang_arena_copy(arena, name, strlen(name));
    return pulang_arena_printf(arena, "%.*s/%s", (int)(slash - path), path, name);
}

static bool seen(const chain *c, const struct stat *info) {
    for (size_t i = 0; i < c->n; i++)
        if (c->links[i].device == info->st_dev && c->links[i].inode == info->st_ino)
            return true;
    return false;
}

/* A fault of the file being read that its YAML shows as a whole. */
static void fault_yaml(chain *c, const pulang_error *problem) {
    pulang_yaml at = {.line = problem->line, .column = problem->column, .text = ""};
    pulang_scenario_fault(&c->draft, &at, "", problem->message, _("mind the indentation, colons and quotes"));
}

/* Reads one file into the chain. Wrong YAML is a fault; not to be read at all is PULANG_ERROR_IO. */
static pulang_status add_link(chain *c, const char *path, const char *shown_name, const struct stat *info,
                              pulang_error *error) {
    void *links = c->links;
    if (!path || !shown_name || pulang_grow(&links, &c->capacity, c->n + 1, sizeof *c->links))
        return pulang_fail_memory(error);
    c->links = links;
    chain_file made = {path, shown_name, info->st_dev, info->st_ino, NULL};
    pulang_error problem;
    pulang_status status = pulang_yaml_read(path, shown_name, c->draft.arena, &made.root, &problem);
    if (status == PULANG_ERROR_INPUT) {
        c->draft.shown_name = shown_name;
        fault_yaml(c, &problem);
    } else if (status) {
        if (error)
            *error = problem;
        return status;
    }
    c->links[c->n++] = made;
    return PULANG_OK;
}

/* Reads what the last file extends; *more tells whether there was something. */
static pulang_status extend(chain *c, bool *more, pulang_error *error) {
    const chain_file *from = &c->links[c->n - 1];
    const pulang_yaml *value = from->root ? pulang_scenario_extend(from->root) : NULL;
    *more = false;
    if (!value)
        return PULANG_OK;
    c->draft.shown_name = from->shown_name;
    const char *path = beside(c->draft.arena, from->path, value->text);
    if (!path)
        return pulang_fail_memory(error);
    struct stat info;
    if (stat(path, &info) || !S_ISREG(info.st_mode)) {
        pulang_scenario_fault(&c->draft, value, "extend", _("no such file"),
                              _("give its path from the folder of this file"));
        return PULANG_OK;
    }
    if (seen(c, &info)) {
        pulang_scenario_fault(&c->draft, value, "extend", _("the files extend one another in a circle"),
                              _("remove extend from one of them"));
        return PULANG_OK;
    }
    *more = true;
    return add_link(c, path, beside(c->draft.arena, from->shown_name, value->text), &info, error);
}

static pulang_status read_chain(chain *c, const char *path, const char *shown_name, pulang_error *error) {
    struct stat info;
    if (stat(path, &info))
        return pulang_fail_at(error, PULANG_ERROR_IO, shown_name, 0, 0, "%s", _("no such file"));
    pulang_status status =
        add_link(c, path, pulang_arena_copy(c->draft.arena, shown_name, strlen(shown_name)), &info, error);
    for (bool more = true; more && !status;)
        status = extend(c, &more, error);
    return status;
}

/* Takes over what the files say, the last extended one first, and then what was set elsewhere. */
static void apply_chain(chain *c, const pulang_override *set, int n_set) {
    for (size_t i = c->n; i-- > 0;) {
        c->draft.shown_name = c->links[i].shown_name;
        if (c->links[i].root)
            pulang_scenario_apply(&c->draft, c->links[i].root);
    }
    for (int i = 0; i < n_set; i++)
        pulang_scenario_set(&c->draft, &set[i]);
    pulang_scenario_finish(&c->draft);
}

/* Copies the lists that outlive the chain into the arena; NULL: out of memory. */
static const char **copy_paths(const chain *c) {
    const char **paths = pulang_arena_alloc(c->draft.arena, c->n, sizeof *paths);
    for (size_t i = 0; paths && i < c->n; i++) {
        paths[i] = pulang_arena_copy(c->draft.arena, c->links[i].path, strlen(c->links[i].path));
        if (!paths[i])
            return NULL;
    }
    return paths;
}

static pulang_quota_override *copy_overrides(const chain *c) {
    size_t n = c->draft.n_overrides;
    pulang_quota_override *copies = pulang_arena_alloc(c->draft.arena, n, sizeof *copies);
    if (copies && n > 0)
        memcpy(copies, c->draft.overrides, n * sizeof *copies);
    return copies;
}

pulang_status pulang_scenario_read(const char *path, const char *shown_name, const pulang_override *set,
                                   int n_set, pulang_arena *arena, pulang_findings *findings,
                                   pulang_scenario_reading *reading, pulang_error *error) {
    pulang_scenario made;
    pulang_scenario_default(&made);
    chain c = {.draft = {.arena = arena, .findings = findings, .scenario = &made, .defaults = made}};
    pulang_status status = path ? read_chain(&c, path, shown_name, error) : PULANG_OK;
    if (!status) {
        apply_chain(&c, set, n_set);
        const char **paths = copy_paths(&c);
        pulang_quota_override *copies = copy_overrides(&c);
        if (!paths || !copies || c.draft.out_of_memory || pulang_findings_broken(findings))
            status = pulang_fail_memory(error);
        else
            *reading = (pulang_scenario_reading){made, copies, (int)c.draft.n_overrides, paths, (int)c.n};
    }
    pulang_free(c.draft.overrides);
    pulang_free(c.links);
    return status;
}

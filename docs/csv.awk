# Reading CSV in awk, for the other scripts here: split_csv(line, cells) fills cells[1..n] and returns n.
# Quoted cells may hold commas and doubled quotes, but no line ends.
function split_csv(line, cells,    n, c, i, quoted, cell) {
    n = 0
    cell = ""
    quoted = 0
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        if (quoted && c == "\"" && substr(line, i + 1, 1) == "\"") {
            cell = cell "\""
            i++
        } else if (c == "\"") {
            quoted = !quoted
        } else if (c == "," && !quoted) {
            cells[++n] = cell
            cell = ""
        } else {
            cell = cell c
        }
    }
    cells[++n] = cell
    return n
}

# Takes a header line: column[name] is its number.
function read_header(line, column,    cells, n, i) {
    sub(/^\357\273\277/, "", line)
    sub(/\r$/, "", line)
    n = split_csv(line, cells)
    for (i = 1; i <= n; i++)
        column[cells[i]] = i
}

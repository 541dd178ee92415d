# Compares output with what was expected: awk -f match.awk EXPECTED ACTUAL. Exit code 0: they match.
# In EXPECTED a line `...` stands for any number of lines, and `...` within a line for any text.

function regex(text,    parts, n, i, part, all) {
    n = split(text, parts, /\.\.\./)
    for (i = 1; i <= n; i++) {
        part = parts[i]
        gsub(/[][\\.^$*+?(){}|\/]/, "\\\\&", part)
        all = all (i > 1 ? ".*" : "") part
    }
    return "^" all "$"
}

FILENAME == ARGV[1] { expected[++n] = $0; next }
{ actual[++m] = $0 }

# reach[i]: the first i expected lines can match the actual lines read so far.
END {
    n += 0
    m += 0
    reach[0] = 1
    for (j = 0; j <= m; j++) {
        for (i = 1; i <= n; i++)
            if (expected[i] == "..." && reach[i - 1]) reach[i] = 1
        if (j == m || !any(reach)) break
        for (i = n; i >= 1; i--)
            next_reach[i] = (expected[i] == "..." ? reach[i] : reach[i - 1] && actual[j + 1] ~ regex(expected[i]))
        reach[0] = 0
        for (i = 1; i <= n; i++) reach[i] = next_reach[i]
    }
    if (j == m && reach[n]) exit 0
    exit 1
}

function any(set,    i) {
    for (i = 0; i <= n; i++) if (set[i]) return 1
    return 0
}

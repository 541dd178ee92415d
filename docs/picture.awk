# Draws two maps side by side, today and the plan: every village a circle as large as its need, coloured
# by the share of it that is filled.
#     awk -f docs/csv.awk -f docs/picture.awk datasets/kotim/places.csv out/kotim/posts.csv > docs/kotim.svg
BEGIN {
    width = 460 # of one map, in pixels
    margin = 24
    head = 56
    shades = split("#b2182b #ef8a62 #fddbc7 #d1e5f0 #67a9cf #2166ac", shade, " ")
}

FNR == 1 {
    split("", column)
    read_header($0, column)
    file++
    next
}
{ split_csv($0, cell) }

file == 1 && cell[column["lat"]] != "" {
    id = cell[column["place"]]
    village[++n] = id
    lat[id] = cell[column["lat"]]
    lon[id] = cell[column["lon"]]
    if (n == 1 || lat[id] < south) south = lat[id]
    if (n == 1 || lat[id] > north) north = lat[id]
    if (n == 1 || lon[id] < west) west = lon[id]
    if (n == 1 || lon[id] > east) east = lon[id]
}

file == 2 {
    id = cell[column["place"]]
    need[id] += cell[column["target"]]
    filled["today", id] += cell[column["status_quo_filled"]]
    filled["plan", id] += cell[column["filled"]]
}

# The n-th shade is for shares from (n - 1)/n_shades*1.2 on: the last for more than the need.
function colour(share,    i) {
    i = int(share / 1.2 * shades) + 1
    return shade[i > shades ? shades : i]
}

function text(x, y, size, anchor, words) {
    printf "<text x=\"%.0f\" y=\"%.0f\" font-size=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, size, anchor, words
}

function draw(which, title, left,    i, id, x, y, r) {
    text(left + width / 2, 28, 18, "middle", title)
    for (i = 1; i <= n; i++) {
        id = village[i]
        if (need[id] <= 0)
            continue
        x = left + (lon[id] - west) * scale
        y = head + (north - lat[id]) * scale
        r = 1.1 * sqrt(need[id])
        if (r > 26) r = 26
        printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\"0.85\" stroke=\"#333\" stroke-width=\"0.4\"/>\n",
            x, y, r, colour(filled[which, id] / need[id])
    }
}

function legend(y,    i, x) {
    text(margin, y + 12, 12, "start", "share of the need that is filled:")
    for (i = 1; i <= shades; i++) {
        x = margin + 130 + i * 78
        printf "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"14\" fill=\"%s\"/>\n", x, y, shade[i]
        text(x + 18, y + 12, 12, "start",
            i < shades ? sprintf("%d-%d %%", (i - 1) * 120 / shades, i * 120 / shades) : "100 % and more")
    }
}

END {
    scale = width / (east - west)
    height = head + (north - south) * scale + 70
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\">\n",
        2 * width + 4 * margin, height
    printf "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n"
    draw("today", "today", margin)
    draw("plan", "plan", 3 * margin + width)
    legend(height - 34)
    print "</svg>"
}

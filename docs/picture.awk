# Draws two maps side by side, today and the plan: every village a circle as large as its need, coloured
# by the share of it that is filled.
#     awk -v labels="62.02.10.2017=Tumbang Gagu;62.02.06.1002=Sampit" -f docs/csv.awk -f docs/picture.awk \
#         datasets/kotim/places.csv out/kotim/posts.csv > docs/kotim.svg
# labels: places to be named, code=name.
BEGIN {
    n_labels = split(labels, label, ";")
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
    lat[id] = cell[column["lat"]] + 0
    lon[id] = cell[column["lon"]] + 0
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

function radius(id,    r) {
    r = 1.1 * sqrt(need[id])
    return r > 26 ? 26 : r
}

function text(x, y, size, anchor, words) {
    printf "<text x=\"%.0f\" y=\"%.0f\" font-size=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, size, anchor, words
}

function draw(which, title, left,    i, id, x, y, part) {
    text(left + width / 2, 28, 18, "middle", title)
    for (i = 1; i <= n; i++) {
        id = village[i]
        if (need[id] <= 0)
            continue
        x = left + (lon[id] - west) * scale
        y = head + (north - lat[id]) * scale
        printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" fill-opacity=\"0.85\" stroke=\"#333\" stroke-width=\"0.4\"/>\n",
            x, y, radius(id), colour(filled[which, id] / need[id])
    }
    for (i = 1; i <= n_labels; i++) {
        split(label[i], part, "=")
        id = part[1]
        text(left + (lon[id] - west) * scale, head + (north - lat[id]) * scale - radius(id) - 4, 13, "middle", part[2])
    }
}

function legend(y,    i, x) {
    text(margin, y + 12, 12, "start", "share of the need that is filled:")
    for (i = 1; i <= shades; i++) {
        x = margin + 130 + i * 82
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

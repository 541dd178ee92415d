# Where the natives of a village go:
#     awk -v origin=62.02.10.2017 -f docs/csv.awk -f docs/natives.awk out/placements.csv
FNR == 1 {
    read_header($0, column)
    printf "%-24s %-18s %-24s %-24s %7s\n", "name", "category", "post held today", "post in the plan", "home km"
    next
}
{
    split_csv($0, cell)
    if (cell[column["origin"]] != origin)
        next
    natives++
    home += cell[column["place"]] == origin
    printf "%-24s %-18s %-24s %-24s %7s\n", cell[column["name"]], cell[column["category"]],
        cell[column["old_post"]], cell[column["post"]], cell[column["home_km"]]
}
END { printf "%d natives, %d of them at home\n", natives, home }

# Where the natives of a village go, from an output folder:
#     awk -v origin=62.02.10.2017 -f docs/csv.awk -f docs/natives.awk out/posts.csv out/placements.csv
FNR == 1 {
    split("", column)
    read_header($0, column)
    file++
    if (file == 2)
        printf "%-20s %-16s %-24s %-24s %7s\n", "name", "work", "today in", "in the plan in", "home km"
    next
}
{ split_csv($0, cell) }
file == 1 { place_of[cell[column["post"]]] = cell[column["place_name"]] }
file == 2 && cell[column["origin"]] == origin {
    natives++
    home += cell[column["place"]] == origin
    printf "%-20s %-16s %-24s %-24s %7s\n", cell[column["name"]], cell[column["role"]],
        place_of[cell[column["old_post"]]], cell[column["place_name"]], cell[column["home_km"]]
}
END { printf "%d natives, %d of them at home\n", natives, home }

#!/bin/sh
# The map files as GDAL, and so QGIS, sees them: maps.sh PROGRAM
# One kind of geometry a file, all features there, fields of the right types.
set -eu
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unset LANG LANGUAGE LC_ALL LC_MESSAGES

# expect FILE TEXT...: ogrinfo tells each of the file.
expect() {
    file=$1
    shift
    ogrinfo -so -al "$folder/out/$file" >"$folder/info" 2>&1 || {
        cat "$folder/info"
        exit 1
    }
    for text; do
        if ! grep -qF "$text" "$folder/info"; then
            cat "$folder/info"
            echo "$file: ogrinfo does not say \"$text\""
            exit 1
        fi
    done
}

# A square about the point of each place that has one.
cp -r "$root/datasets/kutim" "$folder/problem"
awk -F, -v separator= 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i
             print "{\"type\":\"FeatureCollection\",\"features\":["; next }
     { x = $column["lon"]; y = $column["lat"]; a = x - 0.01; b = y - 0.01; c = x + 0.01; d = y + 0.01
       printf "%s{\"type\":\"Feature\",\"properties\":{\"code\":\"%s\"},\"geometry\":{\"type\":\"Polygon\"," \
              "\"coordinates\":[[[%s,%s],[%s,%s],[%s,%s],[%s,%s],[%s,%s]]]}}\n", separator, $column["place"],
              a, b, c, b, c, d, a, d, a, b; separator = "," }
     END { print "]}" }' "$root/datasets/kutim/places.csv" >"$folder/problem/boundaries.geojson"
places=$(($(wc -l <"$root/datasets/kutim/places.csv") - 1))
"$program" solve "$folder/problem" -o "$folder/out" --quiet

expect plan.geojson 'Geometry: Point' "Feature Count: $places" 'code: String' 'seats: Integer' 'short: Integer' \
    'short_share: Real' 'short_share_today: Real' 'natives_here: Integer'
expect areas.geojson 'Geometry: Multi Polygon' "Feature Count: $places" 'filled_today: Integer'
flows=$(grep -o '"LineString"' "$folder/out/flows.geojson" | wc -l)
expect flows.geojson 'Geometry: Line String' "Feature Count: $flows" 'heads: Integer' 'km: Real'

# A place without coordinates is a feature all the same, and is told of.
sed -i '2s/,-\{0,1\}[0-9.]*,[0-9.]*,/,,,/' "$folder/problem/places.csv"
rm "$folder/problem/boundaries.geojson"
"$program" solve "$folder/problem" -o "$folder/out" 2>"$folder/told"
expect plan.geojson 'Geometry: Point' "Feature Count: $places"
if ! grep -q '1 place has no coordinates' "$folder/told" || [ -e "$folder/out/areas.geojson" ]; then
    head -2 "$folder/problem/places.csv"
    cat "$folder/told"
    exit 1
fi

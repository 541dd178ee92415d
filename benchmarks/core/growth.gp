# Time over persons and over posts, both axes logarithmic. report.py defines the data and the two plots.
set terminal svg size 900,420 background 'white' font 'sans,12'
set logscale xy
set key top left reverse Left samplen 2
set grid
set format y '10^{%T}'
set ylabel 'seconds, set-up included'
lines_A = "linecolor rgb '#1b6ca8' linewidth 2 pointtype 7 pointsize 0.6"
lines_B = "linecolor rgb '#c0392b' linewidth 2 pointtype 7 pointsize 0.6"
peers_A = "linecolor rgb '#1b6ca8' dashtype 2 pointtype 6 pointsize 0.6"
peers_B = "linecolor rgb '#c0392b' dashtype 2 pointtype 6 pointsize 0.6"
set multiplot layout 1,2
set xlabel 'persons'
@persons
set xlabel 'posts'
@posts
unset multiplot

# The page of the report: its template, style and script (io/report/) and Debian's Leaflet and Chart.js become
# bytes of the library, and the texts of the page a list, so that their translations can be looked up.
find_file(LEAFLET_CSS leaflet/leaflet.css PATHS /usr/share/javascript REQUIRED)
find_file(LEAFLET_JS leaflet/leaflet.min.js PATHS /usr/share/javascript REQUIRED)
find_file(CHART_JS chart.js/chart.min.js PATHS /usr/share/javascript REQUIRED)
find_program(XGETTEXT xgettext REQUIRED) # for report_texts.sh
set(REPORT_TEMPLATE ${PROJECT_SOURCE_DIR}/io/report/report.html)
set(REPORT_ORDER ${PROJECT_SOURCE_DIR}/io/report/order.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${REPORT_ORDER})
file(STRINGS ${REPORT_ORDER} REPORT_PARTS REGEX "^[^#]")
list(TRANSFORM REPORT_PARTS PREPEND ${PROJECT_SOURCE_DIR}/io/report/)
set(REPORT_STYLES ${REPORT_PARTS})
list(FILTER REPORT_STYLES INCLUDE REGEX "\\.css$")
set(REPORT_SCRIPTS ${REPORT_PARTS})
list(FILTER REPORT_SCRIPTS INCLUDE REGEX "\\.js$")
set(REPORT_FILES ${REPORT_TEMPLATE} ${LEAFLET_CSS} ${REPORT_STYLES} ${LEAFLET_JS} ${CHART_JS} ${REPORT_SCRIPTS})

# report_bytes(VARIABLE SEPARATOR FILE...): the assembler lines for the files, one after the other.
function(report_bytes variable separator)
  set(lines "")
  foreach(file ${ARGN})
    string(APPEND lines "        \".incbin \\\"${file}\\\"\\n\"\n        \".ascii \\\"${separator}\\\"\\n\"\n")
  endforeach()
  set(${variable} "${lines}" PARENT_SCOPE)
endfunction()
report_bytes(TEMPLATE_BYTES "" ${REPORT_TEMPLATE})
report_bytes(STYLE_BYTES "\\\\n" ${LEAFLET_CSS} ${REPORT_STYLES})
report_bytes(SCRIPT_BYTES "\\\\n;\\\\n" ${LEAFLET_JS} ${CHART_JS} ${REPORT_SCRIPTS})
configure_file(cmake/report_bytes.c.in report_bytes.c @ONLY)
set_source_files_properties(${PROJECT_BINARY_DIR}/report_bytes.c PROPERTIES OBJECT_DEPENDS "${REPORT_FILES}")

add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/report_texts.c
  DEPENDS ${REPORT_TEMPLATE} ${REPORT_SCRIPTS} ${PROJECT_SOURCE_DIR}/cmake/report_texts.sh
  COMMAND ${PROJECT_SOURCE_DIR}/cmake/report_texts.sh ${PROJECT_SOURCE_DIR}/io/report ${PROJECT_BINARY_DIR}/report_texts.c
  VERBATIM)
set(REPORT_SOURCES ${PROJECT_BINARY_DIR}/report_bytes.c ${PROJECT_BINARY_DIR}/report_texts.c)

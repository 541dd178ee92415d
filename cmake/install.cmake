# What `cmake --install` puts where. The catalogues of po/ install themselves.

install(TARGETS pulang ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS pulang_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES include/pulang.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

# The package file finds its prefix from where it lies.
file(RELATIVE_PATH PC_TO_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/pulang.pc.in pulang.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/pulang.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

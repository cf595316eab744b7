# cmake --install BUILD [--prefix /usr]: the program, its systemd units, its manual page and its completion for Bash.
include(GNUInstallDirs)
install(TARGETS gas-utility RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${CMAKE_SOURCE_DIR}/packaging/man/gas-utility.8 DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
install(FILES ${CMAKE_SOURCE_DIR}/packaging/completion/gas-utility DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)

# The units name the program, whose prefix is known only now.
set(GAS_UNITS ${CMAKE_SOURCE_DIR}/packaging/systemd)
set(GAS_INSTALLED ${CMAKE_BINARY_DIR}/installed)
configure_file(${CMAKE_SOURCE_DIR}/cmake/install_units.cmake.in ${CMAKE_BINARY_DIR}/install_units.cmake @ONLY)
install(SCRIPT ${CMAKE_BINARY_DIR}/install_units.cmake)

# Builds migrations/*.sql into gas_db; generated again only when one of them changes. Their names are in the command, so
# that it also runs for a file that was renamed or removed and has no new time.
file(GLOB migration_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/migrations/*.sql)
set(migrations_source ${CMAKE_CURRENT_BINARY_DIR}/migrations.cpp)
string(SHA1 migration_names "${migration_files}")
add_custom_command(
    OUTPUT ${migrations_source}
    COMMAND ${CMAKE_COMMAND} -DNAMES=${migration_names} -DINPUT=${CMAKE_SOURCE_DIR}/migrations -DOUTPUT=${migrations_source}
            -P ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
    DEPENDS ${migration_files} ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
    COMMENT "Embedding migrations"
    VERBATIM)
target_sources(gas_db PRIVATE ${migrations_source})

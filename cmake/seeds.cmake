# Builds seeds/*.txt into gas_commands; generated again only when one of them changes.
file(GLOB seed_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/seeds/*.txt)
set(seeds_source ${CMAKE_CURRENT_BINARY_DIR}/seeds.cpp)
add_custom_command(
    OUTPUT ${seeds_source}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${CMAKE_SOURCE_DIR}/seeds -DOUTPUT=${seeds_source}
            -P ${CMAKE_SOURCE_DIR}/cmake/embed_seeds.cmake
    DEPENDS ${seed_files} ${CMAKE_SOURCE_DIR}/cmake/embed_seeds.cmake
    COMMENT "Embedding seeds"
    VERBATIM)
target_sources(gas_commands PRIVATE ${seeds_source})

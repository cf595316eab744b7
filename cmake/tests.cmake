# Every *_test.cpp beside its code goes into one program; tests/support, tests/guards and tests/model belong to it.
file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/src/*_test.cpp
    ${CMAKE_SOURCE_DIR}/tools/*_test.cpp
    ${CMAKE_SOURCE_DIR}/tests/support/*.cpp
    ${CMAKE_SOURCE_DIR}/tests/guards/*.cpp
    ${CMAKE_SOURCE_DIR}/tests/model/*.cpp)
# A language that puts each message into ⟦brackets⟧: what a page shows without them has escaped translation.
gas_collect_messages(${CMAKE_BINARY_DIR}/messages.pot ${CMAKE_BINARY_DIR}/src/gas_views.pot)
set(brackets ${CMAKE_BINARY_DIR}/en-XA.po)
find_program(MSGEN msgen REQUIRED)
find_program(MSGFILTER msgfilter REQUIRED)
add_custom_command(
    OUTPUT ${brackets}
    COMMAND ${MSGEN} --output-file=${brackets}.english ${CMAKE_BINARY_DIR}/messages.pot
    COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C.UTF-8 ${MSGFILTER} --keep-header --input=${brackets}.english --output-file=${brackets} sed -e "s/^/⟦/" -e "s/$/⟧/"
    DEPENDS ${CMAKE_BINARY_DIR}/messages.pot
    COMMENT "Making the language of the tests"
    VERBATIM)
gas_embed_catalogs(${CMAKE_BINARY_DIR}/test_languages.cpp test_languages ${brackets})

if(test_sources)
    add_executable(unit_tests ${test_sources} ${CMAKE_BINARY_DIR}/test_languages.cpp)
    target_include_directories(unit_tests PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/tools)
    target_link_libraries(unit_tests PRIVATE gas_commands GTest::gtest GTest::gmock GTest::gmock_main)
    if(NOT GAS_SANITIZE)
        # Built once for each run of them, which takes less long.
        target_compile_options(unit_tests PRIVATE -O0)
    endif()
    target_precompile_headers(unit_tests PRIVATE ${GAS_PRECOMPILED} <gmock/gmock.h> <gtest/gtest.h>)
    # Only for those that read the tree: a path on every command line would keep ccache from serving another checkout.
    set_source_files_properties(
        ${CMAKE_SOURCE_DIR}/tests/support/django_site.cpp ${CMAKE_SOURCE_DIR}/tests/guards/readme_test.cpp
        ${CMAKE_SOURCE_DIR}/tests/guards/packaging_test.cpp
        PROPERTIES COMPILE_DEFINITIONS GAS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    foreach(library template_compiler_lib template_test_views asset_compiler_lib)
        if(TARGET ${library})
            target_link_libraries(unit_tests PRIVATE ${library})
        endif()
    endforeach()
    add_test(NAME unit_tests COMMAND unit_tests)
endif()
add_subdirectory(${CMAKE_SOURCE_DIR}/tests/faults ${CMAKE_BINARY_DIR}/faults)

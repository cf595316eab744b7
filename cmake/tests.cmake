# Every *_test.cpp beside its code goes into one program; tests/support, tests/guards and tests/model belong to it.
file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/src/*_test.cpp
    ${CMAKE_SOURCE_DIR}/tools/*_test.cpp
    ${CMAKE_SOURCE_DIR}/tests/support/*.cpp
    ${CMAKE_SOURCE_DIR}/tests/guards/*.cpp
    ${CMAKE_SOURCE_DIR}/tests/model/*.cpp)
if(test_sources)
    add_executable(unit_tests ${test_sources})
    target_include_directories(unit_tests PRIVATE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/tools)
    target_link_libraries(unit_tests PRIVATE gas_commands GTest::gtest GTest::gmock GTest::gmock_main)
    target_precompile_headers(unit_tests PRIVATE ${GAS_PRECOMPILED} <gmock/gmock.h> <gtest/gtest.h>)
    # Only for those that read the tree: a path on every command line would keep ccache from serving another checkout.
    set_source_files_properties(
        ${CMAKE_SOURCE_DIR}/tests/support/django_site.cpp ${CMAKE_SOURCE_DIR}/tests/guards/readme_test.cpp
        PROPERTIES COMPILE_DEFINITIONS GAS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    foreach(library template_compiler_lib template_test_views asset_compiler_lib)
        if(TARGET ${library})
            target_link_libraries(unit_tests PRIVATE ${library})
        endif()
    endforeach()
    add_test(NAME unit_tests COMMAND unit_tests)
endif()
add_subdirectory(${CMAKE_SOURCE_DIR}/tests/faults ${CMAKE_BINARY_DIR}/faults)

# One library a level of the house; a level sees only what is below it.

# What most files include of the standard library and fmt, parsed once instead of in each of hundreds of files. Nothing of ours: a
# file must name what it needs, which the sanitizers' builds prove by precompiling nothing, and a changed header of ours
# must make only those that include it.
set(GAS_PRECOMPILED_STANDARD
    <algorithm> <array> <atomic> <charconv> <chrono> <condition_variable> <cstddef> <cstdint> <cstring> <filesystem> <fstream>
    <functional> <iostream> <iterator> <map> <memory> <mutex> <numeric> <optional> <set> <span> <sstream> <stdexcept> <string> <string_view>
    <system_error> <thread> <tuple> <unordered_map> <utility> <variant> <vector>)
set(GAS_PRECOMPILED ${GAS_PRECOMPILED_STANDARD} <fmt/format.h>)

# gas_precompile(TARGET): with what gas_base has precompiled, whose macros the target must share.
function(gas_precompile target)
    if(target STREQUAL gas_base)
        target_precompile_headers(gas_base PRIVATE ${GAS_PRECOMPILED})
    elseif(target STREQUAL gas_http)
        target_precompile_headers(gas_http PRIVATE ${GAS_PRECOMPILED} ${CMAKE_SOURCE_DIR}/src/http/asio.hpp)
    else()
        target_precompile_headers(${target} REUSE_FROM gas_base)
    endif()
endfunction()

# gas_build_lightly(SOURCE…): of these, those that no request waits for. Less optimizing builds them in three quarters of the time.
# GCC takes a header that was precompiled with -O2 for -O1 as well.
set(GAS_COLD "/src/(commands|server/(settings|opening))/")
function(gas_build_lightly)
    if(CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        list(FILTER ARGN INCLUDE REGEX ${GAS_COLD})
        set_property(SOURCE ${ARGN} APPEND PROPERTY COMPILE_OPTIONS -O1)
    endif()
endfunction()

# gas_level(NAME DIRECTORIES dir… LINK lib…): a static library of every .cpp in the directories, tests and main.cpp excepted.
function(gas_level name)
    cmake_parse_arguments(LEVEL "" "" "DIRECTORIES;LINK" ${ARGN})
    set(sources)
    foreach(directory ${LEVEL_DIRECTORIES})
        file(GLOB found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${directory}/*.cpp)
        list(FILTER found EXCLUDE REGEX "(_test|/main)\\.cpp$")
        list(APPEND sources ${found})
    endforeach()
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(${name} PUBLIC ${LEVEL_LINK})
    gas_precompile(${name})
    gas_build_lightly(${sources})
endfunction()

# gas_build_tool(TARGET): a tool runs a few times a build, so what counts is that it is built quickly.
function(gas_build_tool target)
    if(CMAKE_BUILD_TYPE STREQUAL "Release")
        target_compile_options(${target} PRIVATE -O0)
    endif()
    if(target STREQUAL template_compiler_lib)
        target_precompile_headers(${target} PRIVATE ${GAS_PRECOMPILED_STANDARD})
    else()
        target_precompile_headers(${target} REUSE_FROM template_compiler_lib)
    endif()
endfunction()

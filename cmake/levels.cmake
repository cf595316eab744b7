# One library a level of the house; a level sees only what is below it.

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
endfunction()

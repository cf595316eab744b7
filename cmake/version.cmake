# cmake -DOUTPUT=FILE -DVERSION=V -DSOURCE=DIR -P version.cmake: writes the program's version and commit as a C++ file, only when they
# changed, so that a build without a new commit neither compiles nor links anything.
set(commit unknown)
find_program(GIT git)
if(GIT)
    # A tree without its own history may lie in somebody else's.
    execute_process(COMMAND ${GIT} -C ${SOURCE} rev-parse --show-prefix OUTPUT_VARIABLE prefix ERROR_QUIET
        OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE result)
    if(result EQUAL 0 AND prefix STREQUAL "")
        execute_process(COMMAND ${GIT} -C ${SOURCE} rev-parse --short=12 HEAD OUTPUT_VARIABLE found ERROR_QUIET
            OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE result)
        if(result EQUAL 0 AND found MATCHES "^[0-9a-f]+$")
            set(commit ${found})
        endif()
    endif()
endif()
set(text "#include \"server/version.hpp\"

namespace server {

std::string_view program_version()
{
    return \"${VERSION}\";
}

std::string_view program_commit()
{
    return \"${commit}\";
}

} // namespace server
")
set(before "")
if(EXISTS ${OUTPUT})
    file(READ ${OUTPUT} before)
endif()
if(NOT before STREQUAL text)
    file(WRITE ${OUTPUT} "${text}")
endif()

# Translations: po/LANGUAGE.po becomes part of the binary; the messages to translate are collected from templates and C++.

# gas_embed_catalogs(OUTPUT FUNCTION FILE.po…): a source that defines std::vector<…> i18n::FUNCTION(), English first.
function(gas_embed_catalogs output function)
    set(compiled)
    foreach(file ${ARGN})
        find_program(MSGFMT msgfmt REQUIRED)
        get_filename_component(tag ${file} NAME_WE)
        set(mo ${CMAKE_CURRENT_BINARY_DIR}/catalogs/${function}/${tag}.mo)
        add_custom_command(
            OUTPUT ${mo}
            COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_CURRENT_BINARY_DIR}/catalogs/${function}
            COMMAND ${MSGFMT} --check-format --output-file=${mo} ${file}
            DEPENDS ${file}
            COMMENT "Compiling the messages of ${tag}"
            VERBATIM)
        list(APPEND compiled ${mo})
    endforeach()
    add_custom_command(
        OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} "-DINPUT=${compiled}" -DFUNCTION=${function} -DOUTPUT=${output}
                -P ${CMAKE_SOURCE_DIR}/cmake/embed_catalogs.cmake
        DEPENDS ${compiled} ${CMAKE_SOURCE_DIR}/cmake/embed_catalogs.cmake
        COMMENT "Embedding the catalogues of ${function}()"
        VERBATIM)
endfunction()

# gas_collect_messages(OUTPUT TEMPLATES_POT): every message of the templates and of C++ as a gettext template. In C++ a message is
# a literal in Text("…"), MessageId("…") or Text::plural("…", "…", n).
function(gas_collect_messages output templates_pot)
    find_program(XGETTEXT xgettext REQUIRED)
    find_program(MSGCAT msgcat REQUIRED)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src/*.cpp ${CMAKE_SOURCE_DIR}/src/*.hpp)
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
    set(from_cpp ${output}.cpp.pot)
    add_custom_command(
        OUTPUT ${output}
        COMMAND ${XGETTEXT} --language=C++ --from-code=UTF-8 --keyword --keyword=Text --keyword=MessageId --keyword=plural:1,2
                --package-name=gas-utility --output=${from_cpp} ${sources}
        COMMAND ${MSGCAT} --use-first --sort-output --output-file=${output} ${templates_pot} ${from_cpp}
        DEPENDS ${sources} ${templates_pot}
        WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        COMMENT "Collecting the messages to translate"
        VERBATIM)
endfunction()

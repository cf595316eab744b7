# The pages: tools/template_compiler turns HTML templates into C++ functions.

# gas_compile_templates(TARGET ROOT): a static library of every ROOT/**/*.html and *.txt, whose functions are declared in
# "<folder>/<name>.html.hpp"; the messages to translate go to <build folder>/TARGET.pot.
# One run compiles all templates, because a layout decides the HTML context of its users. It rewrites only what changed,
# and ninja's restat then skips the C++ of all other templates.
function(gas_compile_templates target root)
    file(GLOB_RECURSE templates CONFIGURE_DEPENDS RELATIVE ${root} ${root}/*.html ${root}/*.txt)
    set(out ${CMAKE_CURRENT_BINARY_DIR}/${target}.generated)
    set(pot ${CMAKE_CURRENT_BINARY_DIR}/${target}.pot)
    set(inputs)
    set(headers)
    set(sources)
    foreach(template ${templates})
        list(APPEND inputs ${root}/${template})
        list(APPEND headers ${out}/${template}.hpp)
        list(APPEND sources ${out}/${template}.cpp)
    endforeach()
    if(NOT templates)
        file(WRITE ${out}/no_templates.cpp "")
        list(APPEND sources ${out}/no_templates.cpp)
    else()
        add_custom_command(
            OUTPUT ${out}/templates.manifest ${pot} ${headers} ${sources}
            COMMAND template_compiler --root ${root} --out ${out} --pot ${pot}
            DEPENDS template_compiler ${inputs}
            COMMENT "Compiling the templates of ${target}"
            VERBATIM)
    endif()
    add_library(${target} STATIC ${sources} ${headers})
    target_include_directories(${target} PUBLIC ${out})
    if(GAS_UNITY)
        set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
    endif()
endfunction()

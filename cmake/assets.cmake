# The browser's side: esbuild bundles styles and behaviours, tools/asset_compiler turns the results into C++.

find_program(ESBUILD esbuild REQUIRED)

set(GAS_GENERATED ${CMAKE_BINARY_DIR}/generated)
set(GAS_BUNDLES)
set(GAS_EMBEDDED)

# gas_bundle(css|js NAME…): each frontend/styles/NAME.css or frontend/behaviours/NAME.ts with all it imports becomes
# one minified file, appended to GAS_BUNDLES. esbuild takes milliseconds, so any source may remake every bundle.
function(gas_bundle kind)
    if(kind STREQUAL css)
        set(directory ${CMAKE_SOURCE_DIR}/frontend/styles)
        set(ending css)
        # Files served by ourselves stay as they are written; the asset compiler puts their hashed names in.
        set(options --external:/static/*)
    else()
        set(directory ${CMAKE_SOURCE_DIR}/frontend/behaviours)
        set(ending ts)
        set(options --format=esm --target=es2020)
    endif()
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${directory}/*.${ending})
    foreach(name ${ARGN})
        set(output ${CMAKE_BINARY_DIR}/bundles/${name}.${kind})
        add_custom_command(
            OUTPUT ${output}
            COMMAND ${ESBUILD} ${directory}/${name}.${ending} --bundle --minify --charset=utf8 ${options}
                    --log-level=warning --outfile=${output}
            DEPENDS ${sources}
            COMMENT "Bundling ${name}.${kind}"
            VERBATIM)
        list(APPEND GAS_BUNDLES ${output})
    endforeach()
    set(GAS_BUNDLES ${GAS_BUNDLES} PARENT_SCOPE)
endfunction()

# gas_embed_files(FILE…): a source with the files' bytes, appended to GAS_EMBEDDED.
function(gas_embed_files)
    set(output ${GAS_GENERATED}/assets/files.cpp)
    add_custom_command(
        OUTPUT ${output}
        COMMAND asset_compiler files ${output} ${ARGN}
        DEPENDS asset_compiler ${ARGN}
        COMMENT "Embedding the browser's files"
        VERBATIM)
    set(GAS_EMBEDDED ${GAS_EMBEDDED} ${output} PARENT_SCOPE)
endfunction()

# gas_embed_icons(DIRECTORY): assets/icons.hpp and its table from every .svg in the directory, appended to GAS_EMBEDDED.
function(gas_embed_icons directory)
    file(GLOB icons CONFIGURE_DEPENDS ${directory}/*.svg)
    set(header ${GAS_GENERATED}/assets/icons.hpp)
    set(source ${GAS_GENERATED}/assets/icons.cpp)
    add_custom_command(
        OUTPUT ${header} ${source}
        COMMAND asset_compiler icons ${header} ${source} ${icons}
        DEPENDS asset_compiler ${icons}
        COMMENT "Embedding the icons"
        VERBATIM)
    set(GAS_EMBEDDED ${GAS_EMBEDDED} ${header} ${source} PARENT_SCOPE)
endfunction()

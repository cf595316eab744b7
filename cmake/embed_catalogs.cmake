# Writes compiled catalogues as a C++ source: cmake -DINPUT=<file.mo;…> -DFUNCTION=<name> -DOUTPUT=<file.cpp> -P embed_catalogs.cmake
set(tables "")
set(rows "    languages.push_back(std::make_unique<const Language>());\n")
foreach(file ${INPUT})
    get_filename_component(tag ${file} NAME_WE)
    string(MAKE_C_IDENTIFIER ${tag} name)
    file(READ ${file} bytes HEX)
    string(REGEX REPLACE "(..)" "\\\\x\\1" text "${bytes}")
    string(APPEND tables "constexpr char ${name}[] = \"${text}\";\n\n")
    string(APPEND rows
        "    languages.push_back(std::make_unique<const Language>(\"${tag}\", std::string(${name}, sizeof ${name} - 1)));\n")
endforeach()
file(WRITE ${OUTPUT} "// Generated from po/ by cmake/embed_catalogs.cmake.\n#include \"i18n/site_languages.hpp\"\n\nnamespace i18n {\n\nnamespace {\n\n${tables}} // namespace\n\n\
std::vector<std::unique_ptr<const Language>> ${FUNCTION}()\n{\n    std::vector<std::unique_ptr<const Language>> languages;\n${rows}    return languages;\n}\n\n} // namespace i18n\n")

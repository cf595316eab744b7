# Writes a product's source with one fault: cmake -DINPUT=<file> -DOUTPUT=<file> -DFROM=<text> -DTO=<text> -P mutate.cmake
# Fails when the text to replace does not occur exactly once: a mutant that is no mutant proves nothing.
cmake_minimum_required(VERSION 3.25)
file(READ ${INPUT} source)
string(FIND "${source}" "${FROM}" first)
string(FIND "${source}" "${FROM}" last REVERSE)
if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "${INPUT}: the text to break must occur exactly once: ${FROM}")
endif()
string(REPLACE "${FROM}" "${TO}" source "${source}")
file(WRITE ${OUTPUT} "${source}")

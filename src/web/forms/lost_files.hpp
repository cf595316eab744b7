#pragma once
// No server can put files back into a form. A form that comes back without them names them, so that people know which
// ones to add again.

#include "web/context.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/upload.hpp"

#include <string>
#include <vector>

namespace web {

/// What a draft notes of the files that were sent with the form: their names as far as known, or only that there were
/// some. Empty without files.
Fields note_of_files(const http::Request& request);
/// The fields of a form as a script keeps them for a draft, with the names of its chosen files as "lost_file".
Fields note_named_files(Fields fields);
/// "Photos aren’t kept. Add them again: IMG_1.jpg, IMG_2.jpg" for a form filled from a draft; empty when it had none.
base::Text lost_files_of(const Fields& draft);
/// The same for a form that is shown again at once.
base::Text lost_files_of(const http::Request& request);
/// All files of a form that goes on without any of them, and those that it says were left out before. One without a
/// name stands for files whose names are not known.
std::vector<RefusedFile> all_lost(const http::Request& request);
/// "Your photos were not sent: IMG_1.jpg, IMG_2.jpg"; empty without files.
base::Text not_sent_words(const std::vector<std::string>& names);

} // namespace web

#pragma once

#include "web/page.hpp"

#include <string>
#include <utility>
#include <vector>

namespace web {

/// What templates/errors/show.html shows: what happened, what it means, what to do.
struct ErrorView
{
    Page page;
    int status = 500;
    std::string title;
    std::string text;
    /// The request id that stands in the log; empty when the visitor has no use for it.
    std::string reference;
    /// Where to go on: an address of ours and its words; empty for the front page.
    std::string next_url;
    std::string next_label;
    /// Text the visitor had typed, field by field, so that it can be copied.
    std::vector<std::pair<std::string, std::string>> kept;
};

} // namespace web

#pragma once

#include "web/html.hpp"

#include <string>
#include <string_view>
#include <vector>

/// A namespace with the same name as a folder of templates, as the nouns have.
namespace pages {

enum class Colour
{
    Red,
    Green
};

inline std::string_view to_text(Colour colour)
{
    return colour == Colour::Red ? "red" : "green";
}

struct Row
{
    std::string name = {};
    int id = 0;
};

/// What the test templates show.
struct View
{
    std::string hostile = {};
    std::vector<Row> rows = {};
    Colour colour = Colour::Red;
    web::SafeHtml markup = {};
    bool checked = false;
    int count = 0;
};

} // namespace pages

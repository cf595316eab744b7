#pragma once
// Data for the partial templates of templates/partials, filled in by handlers.

#include <string>
#include <vector>

namespace web {

/// Links to the neighboring pages of a list; an empty URL means that there is none.
struct Pager
{
    std::string newer;
    std::string newer_text = "Newer";
    std::string older;
    std::string older_text = "Older";
};

/// An attachment in a grid.
struct FileLink
{
    std::string address;
    std::string name;
    /// As people read it: "1.8 MB".
    std::string size;
    /// URL of the picture to show; empty for a file that is not an image or that browsers cannot show.
    std::string preview;
};

/// A place with nothing in it.
struct Empty
{
    std::string title;
    std::string text;
    /// Words and URL of the one action; empty for none.
    std::string action;
    std::string address;
};

/// Text from a refused form.
struct KeptText
{
    std::string name;
    std::string label;
    std::string text;
};

/// An error page: what happened, what it means and what to do.
struct ErrorPage
{
    int status = 500;
    std::string title;
    std::string text;
    /// The code that is also in the log; empty when there is nothing to look up.
    std::string reference;
    /// Words and URL of the next step ("Open the form again"); empty for none.
    std::string action;
    std::string address;
    std::vector<KeptText> kept;
};

} // namespace web

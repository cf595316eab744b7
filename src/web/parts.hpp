#pragma once
// What the partial templates of templates/partials take. Plain data that handlers fill in.

#include <string>
#include <vector>

namespace web {

/// The way to the neighbouring pages of a list; an empty address means that there is none.
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
    /// Address of the picture to show; empty for what is no image or none that browsers show.
    std::string preview;
};

/// A place with nothing in it.
struct Empty
{
    std::string title;
    std::string text;
    /// Words and address of the one action; empty for none.
    std::string action;
    std::string address;
};

/// Text that a refused form carried.
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
    /// The code that stands in the log; empty when there is nothing to look up.
    std::string reference;
    /// Words and address of the way on ("Open the form again"); empty for none.
    std::string action;
    std::string address;
    std::vector<KeptText> kept;
};

} // namespace web

#pragma once
// live/ tells open pages what changed on them: the stream a browser opens, the dispatcher that follows the history, its
// rounds, and the pieces of pages that are drawn for them. It stands beside the pages and includes none of them.

#include "db/connection.hpp"
#include "web/html.hpp"
#include "web/site.hpp"

#include <string>
#include <string_view>

namespace live {

/// Where pieces come from: one snapshot of the site.
struct Source
{
    const web::Site& site;
    db::Connection& db;
};

/// What pages are told: which behaviour takes it (docs/frontend.md), and its data, JSON on one line.
struct Message
{
    std::string_view name;
    std::string data;
};

/// A piece of a page: `draw` is given the writer.
template <typename Draw>
std::string piece(const web::Site& site, Draw&& draw)
{
    web::Html out(site.html, web::HtmlMode::Fragment);
    draw(out);
    return out.take();
}

} // namespace live

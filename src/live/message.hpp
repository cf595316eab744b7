#pragma once
// live/ updates open pages: the stream a browser opens, the dispatcher that follows the history, its rounds, and the
// pieces of pages that it renders. It is beside the doors and includes none of them.

#include "db/connection.hpp"
#include "events/event.hpp"
#include "pages/shared/source.hpp"
#include "web/html.hpp"
#include "web/site.hpp"

#include <string>
#include <string_view>

namespace live {

/// The source of pieces: one snapshot of the site, and the language of who reads them.
struct Source
{
    const web::Site& site;
    db::Connection& db;
    const web::PageLanguage& language;

    pages::shared::Source pieces() const { return {db, dates()}; }
    i18n::Dates dates() const { return {language.language(), site.zone, site.clock.now()}; }
};

/// A message to a page: its name chooses the behaviour (docs/frontend.md), its data is JSON on one line.
struct Message
{
    std::string_view name;
    std::string data;
};

/// Up to when a page that shows the event has been seen (templates/shared/read_form.html).
inline std::string until_of(const events::Event& event)
{
    return std::to_string(base::to_millis(event.created_at));
}

/// Render a piece of a page: `draw` gets the writer.
template <typename Draw>
std::string piece(const Source& source, Draw&& draw)
{
    web::Html out(source.language, web::HtmlMode::Fragment);
    draw(out);
    return out.take();
}

} // namespace live

#include "pages/public/people/mail_link_over.hpp"

#include "pages/public/link_over.hpp"
#include "pages/public/people/views.hpp"
#include "public/mail_link_over.html.hpp"

namespace pages::public_ {

http::Response show_mail_link_over(web::Context& ctx, std::string_view again)
{
    MailLinkOverView view{.page = ctx.page(base::Text("This link no longer works")), .again = again};
    return for_holders_only(
        ctx.render([&](web::Html& out) { views::public_::mail_link_over(out, view); }, http::Status::NotFound));
}

} // namespace pages::public_

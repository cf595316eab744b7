#pragma once

#include "pages/customer/views.hpp"

namespace pages::customer {

/// templates/customer/comment_refused.html: a comment that could not be sent, with its text, for sending it again.
struct RefusedView
{
    web::Page page;
    std::string reference;
    std::string title;
    bool is_unavailable = false;
    pages::customer::CommentForm form;
};

} // namespace pages::customer

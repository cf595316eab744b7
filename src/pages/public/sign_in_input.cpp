#include "pages/public/sign_in_input.hpp"

#include "base/text.hpp"
#include "web/local_path.hpp"

namespace pages::public_ {

SignInView read_sign_in(const http::Request& request)
{
    SignInView view;
    view.username = base::trim(request.form_value("username").value_or(""));
    view.next = web::local_path(request.form_value("next").value_or(""));
    view.is_public_computer = request.form_value("public_computer").has_value();
    view.typist = UserId{base::parse_integer(request.form_value("typist").value_or("")).value_or(0)};
    return view;
}

} // namespace pages::public_

#include "http/response.hpp"

namespace http {

Response redirect(std::string location)
{
    Response response;
    response.status = Status::SeeOther;
    response.content_type.clear();
    response.header("Location", std::move(location));
    return response;
}

std::string_view reason(Status status)
{
    switch (status) {
    case Status::Ok:
        return "OK";
    case Status::NoContent:
        return "No Content";
    case Status::PartialContent:
        return "Partial Content";
    case Status::SeeOther:
        return "See Other";
    case Status::NotModified:
        return "Not Modified";
    case Status::BadRequest:
        return "Bad Request";
    case Status::Forbidden:
        return "Forbidden";
    case Status::NotFound:
        return "Not Found";
    case Status::MethodNotAllowed:
        return "Method Not Allowed";
    case Status::RequestTimeout:
        return "Request Timeout";
    case Status::Conflict:
        return "Conflict";
    case Status::Gone:
        return "Gone";
    case Status::LengthRequired:
        return "Length Required";
    case Status::ContentTooLarge:
        return "Content Too Large";
    case Status::UriTooLong:
        return "URI Too Long";
    case Status::RangeNotSatisfiable:
        return "Range Not Satisfiable";
    case Status::MisdirectedRequest:
        return "Misdirected Request";
    case Status::UnprocessableContent:
        return "Unprocessable Content";
    case Status::TooManyRequests:
        return "Too Many Requests";
    case Status::HeaderFieldsTooLarge:
        return "Request Header Fields Too Large";
    case Status::InternalServerError:
        return "Internal Server Error";
    case Status::ServiceUnavailable:
        return "Service Unavailable";
    }
    return "Unknown";
}

} // namespace http

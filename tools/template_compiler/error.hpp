#pragma once

#include <stdexcept>
#include <string>

namespace template_compiler {

/// A mistake in one template; what() says what is wrong and what to do, without the file name.
class TemplateError : public std::runtime_error
{
  public:
    TemplateError(int line, const std::string& what) : std::runtime_error(what), line_(line) {}

    /// 1-based.
    int line() const { return line_; }

  private:
    int line_;
};

} // namespace template_compiler

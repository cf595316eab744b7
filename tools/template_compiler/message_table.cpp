#include "template_compiler/message_table.hpp"

#include "template_compiler/cpp_text.hpp"
#include "template_compiler/error.hpp"

namespace template_compiler {

void MessageTable::add(const Message& message, const std::string& file, int line)
{
    auto& entry = entries_[{message.one, message.context}];
    if (!message.many.empty() && !entry.many.empty() && entry.many != message.many)
        throw TemplateError(line, "the message " + in_quotes(message.one) + " has the plural " + in_quotes(entry.many) +
                                      " elsewhere; use the same plural");
    if (!message.many.empty())
        entry.many = message.many;
    entry.places.emplace(file, line);
}

std::string MessageTable::pot() const
{
    std::string text = "msgid \"\"\n"
                       "msgstr \"\"\n"
                       "\"Project-Id-Version: gas-utility\\n\"\n"
                       "\"Language: \\n\"\n"
                       "\"MIME-Version: 1.0\\n\"\n"
                       "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                       "\"Content-Transfer-Encoding: 8bit\\n\"\n"
                       "\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n";
    for (const auto& [key, entry] : entries_) {
        const auto& [one, context] = key;
        text += "\n#:";
        for (const auto& [file, line] : entry.places)
            text += " " + file + ":" + std::to_string(line);
        // Makes msgfmt --check refuse a translation with a misspelt placeholder.
        if (one.find('{') != std::string::npos || entry.many.find('{') != std::string::npos)
            text += "\n#, python-brace-format";
        if (!context.empty())
            text += "\nmsgctxt " + in_quotes(context);
        text += "\nmsgid " + in_quotes(one) + "\n";
        if (entry.many.empty())
            text += "msgstr \"\"\n";
        else
            text += "msgid_plural " + in_quotes(entry.many) + "\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n";
    }
    return text;
}

} // namespace template_compiler

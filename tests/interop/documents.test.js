// The code in the documents that .NET has no parser for. The unit tests see to the other languages, and to it that there is no
// further one.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const documents = [
    ...readdirSync(repository).filter((name) => name.endsWith(".md")),
    ...["docs", "examples", "sdk/dotnet"].flatMap((folder) =>
        readdirSync(path.join(repository, folder), { recursive: true })
            .filter((name) => name.endsWith(".md"))
            .map((name) => path.join(folder, name)),
    ),
];

/** The blocks of a language in all documents, with the place where each begins. */
function blocks(language) {
    const found = documents.flatMap((document) => {
        const text = readFileSync(path.join(repository, document), "utf8");
        return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map((match) => ({
            place: `${document}:${text.slice(0, match.index).split("\n").length}`,
            code: match[1],
        }));
    });
    assert.notEqual(found.length, 0, `no document has a block of ${language}`);
    return found;
}

/** What a program says of text that it gets on its standard input; undefined when there is no such program. */
function ask(program, args, input) {
    const { error, status, stderr } = spawnSync(program, args, { input, encoding: "utf8" });
    return error?.code === "ENOENT" ? undefined : { status, stderr };
}

function parsedBy(context, language, program, args) {
    if (!ask(program, args, "")) {
        context.skip(`there is no ${program} here`);
        return;
    }

    for (const { place, code } of blocks(language)) {
        const { status, stderr } = ask(program, args, code);
        assert.equal(status, 0, `${place}: ${stderr}`);
    }
}

/** The brackets that stay open, or the one that closes another than it should. */
function unclosed(code) {
    const closing = { "(": ")", "[": "]", "{": "}" };
    const open = [];
    for (const [bracket] of code.matchAll(/[()[\]{}]/g)) {
        if (closing[bracket]) {
            open.push(closing[bracket]);
        } else if (open.pop() !== bracket) {
            return bracket;
        }
    }

    return open.join("");
}

test("commands in documents are commands of a shell", (context) => parsedBy(context, "sh", "bash", ["-n"]));

test("Python in documents is Python", (context) => parsedBy(context, "python", "python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"]));

test("Go in documents is Go, to gofmt where there is one, and else at least balanced", () => {
    for (const { place, code } of blocks("go")) {
        const formatted = ask("gofmt", ["-e"], code) ?? { status: 0 };
        assert.equal(formatted.status, 0, `${place}: ${formatted.stderr}`);
        assert.match(code, /^package main\n/, place);
        assert.equal(unclosed(code.replaceAll(/"(?:[^"\\]|\\.)*"|`[^`]*`|\/\/.*/g, "")), "", place);
    }
});

test("TypeScript in documents is TypeScript", () => {
    for (const { place, code } of blocks("typescript")) {
        const { diagnostics } = ts.transpileModule(code, { reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ESNext } });
        assert.deepEqual(
            diagnostics.map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n")),
            [],
            place,
        );
    }
});

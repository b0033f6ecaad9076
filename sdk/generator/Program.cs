using PulumiEvs.Generator;
using PulumiEvs.Generator.Schema;

if (args is not [var root] || !File.Exists(Path.Combine(root, "Provider.sln")))
{
    Console.Error.WriteLine("usage: generator ROOT, where ROOT is the root of the repository");
    return 2;
}

try
{
    GeneratedFiles.Write(root);
    return 0;
}
catch (SchemaException problem)
{
    Console.Error.WriteLine($"The schema cannot be made into an SDK: {problem.Message}");
    return 1;
}

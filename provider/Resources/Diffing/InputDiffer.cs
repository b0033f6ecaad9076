using System.Collections.Immutable;
using PulumiEvs.Resources.Contracts;
using PulumiEvs.Resources.Declarations;
using PulumiEvs.Resources.Values;

namespace PulumiEvs.Resources.Diffing;

/// <summary>
/// Compares checked inputs property by property along a declaration. Local: what the cloud holds is known from the state.
/// Being secret is no difference, null and absent are the same, and what the cloud already has is no change.
/// </summary>
internal static class InputDiffer
{
    public static DiffResult Diff(ResourceDeclaration declaration, DiffRequest request)
    {
        // Engines before the handshake sent no old inputs; outputs then stand in for them (protocol B5).
        var oldInputs = request.OldInputs ?? request.OldOutputs;
        var newInputs = IgnoredPaths.Reset(request.IgnoreChanges, oldInputs, request.NewInputs);
        var changes = ImmutableArray.CreateBuilder<PropertyChange>();
        foreach (var property in declaration.Inputs)
        {
            var context = new ChangeContext(
                oldInputs[property.Name].Unmarked(),
                newInputs[property.Name].Unmarked(),
                oldInputs,
                request.OldOutputs,
                newInputs);
            if (IsSame(property, context))
            {
                continue;
            }

            var verdict = property.Change!.Decide(context);
            if (verdict != ChangeVerdict.None)
            {
                AddChanges(changes, property, context, verdict == ChangeVerdict.Replace);
            }
        }

        return new DiffResult(changes.ToImmutable(), DeleteBeforeReplace: false, declaration.StableOutputs);
    }

    private static bool IsSame(PropertyDeclaration property, ChangeContext context)
    {
        if (context.New.HasUnknown)
        {
            return false;
        }

        if (property.Meaning(context.Old).Equals(property.Meaning(context.New)))
        {
            return true;
        }

        // The program names now what the disk has had all along (after an import, say), or an earlier run that failed
        // half-way has already brought about: nothing is left to do.
        return property.ReadBack
            && !context.New.IsAbsent
            && context.New.Equals(context.OldOutputs[property.Name].Unmarked());
    }

    private static void AddChanges(
        ImmutableArray<PropertyChange>.Builder changes, PropertyDeclaration property, ChangeContext context, bool replaces)
    {
        if (property.Type is PropertyType.Map
            && context.Old is PropertyValue.Map or PropertyValue.Null
            && context.New is PropertyValue.Map or PropertyValue.Null)
        {
            AddEntryChanges(changes, property.Name, Entries(context.Old), Entries(context.New), replaces);
            return;
        }

        changes.Add(new PropertyChange(property.Name, Kind(context.Old, context.New), replaces));
    }

    private static void AddEntryChanges(
        ImmutableArray<PropertyChange>.Builder changes, string name, PropertyMap old, PropertyMap @new, bool replaces)
    {
        foreach (var key in old.Keys.Union(@new.Keys).Order(StringComparer.Ordinal))
        {
            var (before, after) = (old[key], @new[key]);
            if (after.HasUnknown || !before.Equals(after))
            {
                changes.Add(new PropertyChange(PropertyPath.Child(name, key), Kind(before, after), replaces));
            }
        }
    }

    private static PropertyMap Entries(PropertyValue value) => value is PropertyValue.Map map ? map.Entries : PropertyMap.Empty;

    private static ChangeKind Kind(PropertyValue old, PropertyValue @new) => (old.IsAbsent, @new.IsAbsent) switch
    {
        (true, _) => ChangeKind.Add,
        (_, true) => ChangeKind.Delete,
        _ => ChangeKind.Update,
    };
}

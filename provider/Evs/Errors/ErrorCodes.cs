using System.Collections.Frozen;

namespace PulumiEvs.Evs.Errors;

/// <summary>What is known about one error code.</summary>
/// <param name="Code">As on the wire, the gateway's with the prefix <c>APIGW.</c></param>
/// <param name="Class">What kind of trouble it is.</param>
/// <param name="Hint">What to do about it; null when the service's own message already says so.</param>
/// <param name="ClearsByWaiting">The state that forbids the request usually passes by itself.</param>
internal sealed record ErrorCode(string Code, ErrorClass Class, string? Hint, bool ClearsByWaiting = false);

/// <summary>
/// The one table of error codes: every code of the EVS API reference, those of the API gateway, and those seen on the wire only.
/// A code that is not here passes through whole.
/// </summary>
internal static class ErrorCodes
{
    private const string WrongProject = "EVS.0001";
    private const string Defect = "The request was not as the service wants it; please report this with the text above.";
    private const string ServiceTrouble =
        "This is trouble inside the service: try again in a few minutes, and give the request id to its support if it stays.";
    private const string ReadAgain = "This is trouble inside the service: check what became of the disk before trying again.";
    private const string NewToken = $"The token is not valid, or no longer. If {Setting.Token} is set, get a new one, or set {Setting.AccessKey} and {Setting.SecretKey}, which do not expire.";
    private const string Rights = "Give the user or agency the permission for this action on EVS (for example the role EVS FullAccess) in this project.";
    private const string KmsAgency =
        "Let EVS use the key management service: create the agency EVSAccessKMS with the role KMS Administrator for EVS in this project, "
        + "or encrypt one disk in the console, which creates it.";

    private const string OrderTrouble = "The disk belongs to a prepaid order: settle this in the billing centre of the console.";
    private const string ErrorDisk =
        "The disk is left in an error state: look at it in the console, delete it or have the support repair it, then run again.";

    private static readonly FrozenDictionary<string, ErrorCode> Table = Rows().ToFrozenDictionary(row => row.Code, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<ErrorCode> All => Table.Values;

    /// <summary>The row of a code, or null. <c>APIG.</c> is the other spelling of <c>APIGW.</c></summary>
    public static ErrorCode? Find(string? code) => code is null ? null : Table.GetValueOrDefault(
        IsGateway(code) ? "APIGW." + code[(code.IndexOf('.', StringComparison.Ordinal) + 1)..] : code);

    /// <summary>Whether the code says that who asks is known, but does not belong to the project that was asked about.</summary>
    public static bool IsOfProject(string? code) => code == WrongProject;

    /// <summary>Whether credentials were not accepted without a word about the reason.</summary>
    public static bool IsVague(ErrorFacts facts) => facts.Class == ErrorClass.Authentication && Find(facts.Code) is null or { Code: "APIGW.0301" or "EVS.5401" };

    /// <summary>Whether the code comes from the API gateway, which stands before the service.</summary>
    public static bool IsGateway(string? code) =>
        code is not null && (code.StartsWith("APIGW.", StringComparison.OrdinalIgnoreCase) || code.StartsWith("APIG.", StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<ErrorCode> Rows() =>
    [
        // Who asks.
        new(WrongProject, ErrorClass.Authentication, $"Check {Setting.ProjectId}: it must be the id of a project of this region that the credentials are for, not its name."),
        new("EVS.0002", ErrorClass.Authentication, NewToken),
        new("EVS.0003", ErrorClass.Permission, Rights),
        new("EVS.1027", ErrorClass.Permission, Rights),
        new("EVS.2010", ErrorClass.Authentication, NewToken),
        new("EVS.2034", ErrorClass.Authentication, NewToken),
        new("EVS.2035", ErrorClass.Authentication, NewToken),
        new("EVS.2036", ErrorClass.Authentication, NewToken),
        new("EVS.2056", ErrorClass.Permission, "A policy forbids this action: have it allowed for the user or agency in this project."),
        new("EVS.2144", ErrorClass.Account, "The account is frozen: top it up or settle what is due, then run again."),
        new("EVS.2145", ErrorClass.Account, "The account is suspended: contact the cloud's support."),
        new("EVS.5401", ErrorClass.Authentication, "Check the credentials and that they belong to this cloud and region."),
        new("EVS.5403", ErrorClass.Permission, Rights),
        new("Common.0013", ErrorClass.Authentication, NewToken),
        new("Common.0018", ErrorClass.Authentication, NewToken),

        // What is asked for.
        new("EVS.1001", ErrorClass.Input, Defect),
        new("EVS.1002", ErrorClass.Input, "The id of a disk is a UUID: check the id that was given."),
        new("EVS.1003", ErrorClass.Input, "Shorten the name to 255 bytes, 250 for several disks at once."),
        new("EVS.1004", ErrorClass.Input, "Shorten the description to 255 bytes."),
        new("EVS.1005", ErrorClass.Input, "Use fewer or shorter metadata entries."),
        new("EVS.1006", ErrorClass.Input, "Check backupId: the backup must exist in this project and region."),
        new("EVS.1007", ErrorClass.Input, "Give a name or a description."),
        new("EVS.1008", ErrorClass.Input, Defect),
        new("EVS.1009", ErrorClass.Input, Defect),
        new("EVS.1010", ErrorClass.Input, "Choose a size within the range: 10 to 32768 GiB for a data disk, 1 to 1024 GiB for a system disk."),
        new("EVS.1011", ErrorClass.Input, Defect),
        new("EVS.1012", ErrorClass.Input, "This is a temporary disk of the service itself: leave it alone."),
        new("EVS.1013", ErrorClass.Input, Defect),
        new("EVS.1014", ErrorClass.WrongState, "Check in the console what the disk is busy with, or why it cannot grow."),
        new("EVS.1015", ErrorClass.Input, "A disk can only grow: give a size above the present one."),
        new("EVS.1016", ErrorClass.Input, "Give only one of imageId, snapshotId and backupId."),
        new("EVS.1018", ErrorClass.Input, Defect),
        new("EVS.1021", ErrorClass.Input, "Ask for 1 to 100 disks at once."),
        new("EVS.1022", ErrorClass.Input, "Give a size of at least that of the backup, or none."),
        new("EVS.1023", ErrorClass.Input, "Ask for 1 to 1000 entries a page."),
        new("EVS.1024", ErrorClass.Input, "The marker must be the id of a disk; start the list from the beginning."),
        new("EVS.1025", ErrorClass.Input, Defect),
        new("EVS.1031", ErrorClass.Input, "If a list was filtered by status, use one of the documented words; otherwise the disk is in a status in which this cannot be done: look at it, then run again."),
        new("EVS.1032", ErrorClass.Input, "Check the ids that were given."),
        new("EVS.1039", ErrorClass.Input, "Sort by id, status, size or created_at."),
        new("EVS.1040", ErrorClass.Input, "Sort by asc or desc."),
        new("EVS.1041", ErrorClass.Input, "Check the zone in the filter."),
        new("EVS.1043", ErrorClass.Input, "Leave out kmsKeyId and deviceType: a disk from a snapshot or image inherits them."),
        new("EVS.1045", ErrorClass.Input, "Check backupId: the backup must exist and be complete."),
        new("EVS.1049", ErrorClass.Input, "Make the disk in the zone of the backup."),
        new("EVS.1051", ErrorClass.Input, "Make only one disk at a time from a backup."),
        new("EVS.1052", ErrorClass.Input, Defect),
        new("EVS.1053", ErrorClass.Input, "Delete fewer disks at once."),
        new("EVS.1054", ErrorClass.Input, "Use multiattach, a boolean."),
        new("EVS.1057", ErrorClass.Input, "Use VBD or SCSI as deviceType."),
        new("EVS.1058", ErrorClass.Input, "Check the metadata in the filter."),
        new("EVS.1061", ErrorClass.Input, "Use at most 10 tags a disk."),
        new("EVS.1062", ErrorClass.Input, "Check the tags: keys of 1 to 36 and values of up to 43 letters, digits, - and _."),
        new("EVS.1063", ErrorClass.Input, "Use linkedClone only for a disk made from a snapshot."),
        new("EVS.1070", ErrorClass.Input, Defect),
        new("EVS.2045", ErrorClass.Input, "Check snapshotId: the snapshot must exist in this project and region."),
        new("EVS.2046", ErrorClass.Input, "Check imageId: the image must exist, be active and fit the zone and type."),
        new("EVS.2047", ErrorClass.Input, "This metadata key belongs to the service and cannot be changed."),
        new("EVS.2059", ErrorClass.Input, "Check enterpriseProjectId: it must exist, be enabled and be open to this user."),
        new("EVS.2078", ErrorClass.Input, Defect),
        new("EVS.2083", ErrorClass.Input, "Give both the zone and the disk type."),
        new("EVS.2084", ErrorClass.Input, "Give a size above zero."),
        new("EVS.2085", ErrorClass.Input, Defect),
        new("EVS.2094", ErrorClass.Input, "A system image cannot become a shared disk: leave out multiattach."),
        new("EVS.2108", ErrorClass.Input, Defect),
        new("EVS.2142", ErrorClass.Input, "Ask for at most 1000 entries a page."),
        new("EVS.5400", ErrorClass.Input, "Check the ids and values that were given; the message says which the service cannot take."),

        // Type and zone.
        new("EVS.1020", ErrorClass.TypeOrZone, "Check volumeType; the function getVolumeTypes lists what the region offers."),
        new("EVS.1036", ErrorClass.TypeOrZone, "Check availabilityZone; the function getAvailabilityZones lists those of the region."),
        new("EVS.2053", ErrorClass.TypeOrZone, "Check availabilityZone; the function getAvailabilityZones lists those of the region."),
        new("EVS.2054", ErrorClass.TypeOrZone, "Make the disk in the zone of the snapshot's disk."),
        new("EVS.2070", ErrorClass.TypeOrZone, "Check volumeType; the function getVolumeTypes lists what the region offers."),
        new("EVS.2071", ErrorClass.SoldOut, "Choose another type or zone; the function getVolumeTypes lists the zones of each type."),
        new("EVS.2072", ErrorClass.SoldOut, "Choose another type or zone, or try again later; the function getVolumeTypes says where it is to be had."),
        new("EVS.2087", ErrorClass.TypeOrZone, "The type cannot be changed that way: choose a type that the documents allow, or let the disk be replaced."),
        new("EVS.2096", ErrorClass.TypeOrZone, "Give the volumeType of the snapshot's disk."),

        // Quota.
        new("EVS.1034", ErrorClass.Quota, "The quota for the number of disks is used up: delete disks that are not needed or have the quota raised."),
        new("EVS.1042", ErrorClass.Quota, "The quota for gigabytes is used up: use smaller disks, delete unneeded ones or have the quota raised."),
        new("EVS.5413", ErrorClass.Quota, "The quota for disks is used up: delete disks that are not needed or have the quota raised."),

        // State.
        new("EVS.1044", ErrorClass.WrongState, "Wait until the backup is available."),
        new("EVS.1046", ErrorClass.WrongState, "Detach the disk, or wait until it is no longer busy; a disk in error_deleting needs the support.", ClearsByWaiting: true),
        new("EVS.1047", ErrorClass.WrongState, "Wait until the snapshot is no longer busy; one in error_deleting needs the support.", ClearsByWaiting: true),
        new("EVS.1048", ErrorClass.WrongState, "Detach the disk before it grows, or wait until it is no longer busy.", ClearsByWaiting: true),
        new("EVS.1064", ErrorClass.WrongState, "Wait until the disk is no longer busy.", ClearsByWaiting: true),
        new("EVS.1065", ErrorClass.WrongState, "A shared disk must be detached from every server before it grows.", ClearsByWaiting: true),
        new("EVS.1066", ErrorClass.WrongState, "Start or stop the server (it must be active, paused, suspended or shut off) or detach the disk, then run again.", ClearsByWaiting: true),
        new("EVS.2043", ErrorClass.WrongState, "Wait until the snapshot is available.", ClearsByWaiting: true),
        new("EVS.2068", ErrorClass.WrongState, "The disk is locked, for example by another service: release it there, then run again."),
        new("EVS.2089", ErrorClass.WrongState, "The disk is protected by SDRS: take it out of the protection group first."),
        new("EVS.2093", ErrorClass.WrongState, "This is not a disk of EVS: use the service that it belongs to."),
        new("EVS.2130", ErrorClass.WrongState, "Wait until the backup of the disk is finished.", ClearsByWaiting: true),

        // Encryption.
        new("EVS.2040", ErrorClass.Encryption, "Enable the key of kmsKeyId in the key management service, or cancel its deletion."),
        new("EVS.2041", ErrorClass.Encryption, "Check kmsKeyId: the id of a key in this region, 36 characters."),
        new("EVS.2042", ErrorClass.Encryption, "Create a key in the key management service and give its id as kmsKeyId."),
        new("EVS.2044", ErrorClass.Encryption, KmsAgency),
        new("EVS.2055", ErrorClass.Encryption, KmsAgency),
        new("EVS.2105", ErrorClass.Encryption, "The key of the encrypted disk no longer exists: its data cannot be brought back."),
        new("EVS.2143", ErrorClass.Encryption, "Create the agency that EVS asks for in this project once, in the console or in IAM, then run again."),
        new("EVS.2265", ErrorClass.Encryption, KmsAgency),

        // Orders.
        new("EVS.1017", ErrorClass.Order, OrderTrouble),
        new("EVS.1035", ErrorClass.Order, "A prepaid disk cannot be deleted: unsubscribe it in the billing centre of the console, then run again."),
        new("EVS.1067", ErrorClass.Order, OrderTrouble),
        new("EVS.1068", ErrorClass.Order, OrderTrouble),
        new("EVS.2051", ErrorClass.Order, OrderTrouble),
        new("EVS.2052", ErrorClass.Order, OrderTrouble),
        new("EVS.2133", ErrorClass.Order, OrderTrouble),
        new("EVS.2147", ErrorClass.Order, "Check the billing settings: charging mode, period type and period number."),

        // Not there.
        new("EVS.5404", ErrorClass.NotFound, "It does not exist in this project and region, or no longer."),
        new("Common.0011", ErrorClass.JobUnknown, "The job is not known in this project and region, or no longer."),

        // A job left something in an error state.
        new("EVS.2019", ErrorClass.ResourceInError, "The snapshot is stuck in error_deleting: have the cloud's support remove it."),
        new("EVS.2020", ErrorClass.ResourceInError, "The disk is stuck in error_deleting: have the cloud's support remove it."),
        new("EVS.2021", ErrorClass.ResourceInError, "The disk could not be detached: look at the server and disk in the console, then run again."),
        new("EVS.2024", ErrorClass.ResourceInError, ErrorDisk),
        new("EVS.2025", ErrorClass.ResourceInError, ErrorDisk),
        new("EVS.2026", ErrorClass.ResourceInError, ErrorDisk),

        // Inside the service.
        new("EVS.1033", ErrorClass.Service, ServiceTrouble),
        new("EVS.2001", ErrorClass.Service, ReadAgain),
        new("EVS.2002", ErrorClass.Service, ServiceTrouble),
        new("EVS.2005", ErrorClass.Service, ServiceTrouble),
        new("EVS.2007", ErrorClass.Service, ReadAgain),
        new("EVS.2011", ErrorClass.Service, ReadAgain),
        new("EVS.2013", ErrorClass.Service, ServiceTrouble),
        new("EVS.2014", ErrorClass.Service, ReadAgain),
        new("EVS.2023", ErrorClass.Service, ServiceTrouble),
        new("EVS.2029", ErrorClass.Service, ReadAgain),
        new("EVS.2030", ErrorClass.Service, ReadAgain),
        new("EVS.2031", ErrorClass.Service, ReadAgain),
        new("EVS.2032", ErrorClass.Service, ServiceTrouble),
        new("EVS.2033", ErrorClass.Service, ServiceTrouble),
        new("EVS.2050", ErrorClass.Service, "The performance figures could not be set: check iops and throughput of the disk, then try again."),
        new("EVS.2131", ErrorClass.Service, "The service could not ask ECS about the server: check that the server exists, then try again."),
        new("EVS.2134", ErrorClass.Service, "The disk could not be attached: check that the server exists and is in the disk's zone; the disk itself may have been made."),
        new("EVS.5500", ErrorClass.Service, ServiceTrouble),
        new("EVS.5503", ErrorClass.Service, ServiceTrouble),

        // The gateway before the service.
        new("APIGW.0101", ErrorClass.Protocol, $"The gateway has no such call: check {Setting.Endpoint}, {Setting.Region} and {Setting.ApiVersions}."),
        new("APIGW.0102", ErrorClass.Protocol, $"The gateway does not take this method there: check {Setting.Endpoint} and {Setting.ApiVersions}."),
        new("APIGW.0103", ErrorClass.Protocol, $"The gateway could not find a backend: check {Setting.Endpoint}, {Setting.Region} and {Setting.ApiVersions}."),
        new("APIGW.0201", ErrorClass.Protocol, "The gateway could not use the request, or the service did not answer it in time."),
        new("APIGW.0301", ErrorClass.Authentication, "Check the access key, secret key or token, that they belong to this cloud and region, and that the key is enabled."),
        new("APIGW.0302", ErrorClass.Permission, "This user may not use the call: give it the permission in IAM."),
        new("APIGW.0303", ErrorClass.Authentication, "Check the clock of this machine: a signature is valid for 15 minutes around the time of the service."),
        new("APIGW.0304", ErrorClass.Permission, "This application may not use the call."),
        new("APIGW.0305", ErrorClass.Authentication, "The request had no credentials that the gateway knows: check the credential settings."),
        new("APIGW.0306", ErrorClass.Permission, "Access to the call is denied for this user."),
        new("APIGW.0307", ErrorClass.Authentication, NewToken),
        new("APIGW.0308", ErrorClass.Throttled, "The service takes no more requests at the moment: it is asked again more slowly; with fewer parallel operations it ends sooner."),
        new("APIGW.0601", ErrorClass.Service, ServiceTrouble),
    ];
}
